package dev.emend.bench;

import dev.emend.evaluate.EditReport.Seconds;

/** What was measured of one window, before it is set against the machine's rate. */
record EditMeasurement(
    int window,
    int referenceEditsTimed,
    Seconds reference,
    Seconds emend,
    Seconds fast,
    Seconds oneStep,
    long peakReference,
    long peakEmend,
    long peakFast,
    double targetDistance,
    double targetGflop) {

  EditBenchReport.Line against(double gflops) {
    return new EditBenchReport.Line(
        window,
        referenceEditsTimed,
        reference,
        emend,
        fast,
        oneStep,
        peakReference,
        peakEmend,
        peakFast,
        reference.total() / emend.total(),
        reference.total() / fast.total(),
        reference.total() / oneStep.total(),
        targetDistance,
        targetGflop,
        targetGflop / emend.targets() / gflops);
  }
}
