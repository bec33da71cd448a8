package dev.emend.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.util.Locale;

/**
 * Where a model computes. What enters or leaves its memory is copied there and back by the engine:
 * nothing reads the model's memory from the host.
 */
public enum ComputeDevice {
  /** A GPU if the engine can use one, else the processor. */
  AUTO,
  /** The processor. */
  CPU,
  /** The first GPU; refused where there is none. */
  GPU;

  private static final String CUDA = "CUDA";

  /**
   * The engine's device.
   *
   * @throws Fault USAGE if a GPU is wanted and the engine can use none
   */
  Device resolve() {
    boolean usable = this != CPU && hasGpu();
    if (this == GPU && !usable) {
      throw new Fault(
          FaultCode.USAGE,
          "no GPU can be used here: the engine needs one, its driver and its CUDA libraries"
              + " (editor-worker/README.md, On a GPU); use --device cpu");
    }
    return usable ? Device.gpu(0) : Device.cpu();
  }

  /** Whether there is a GPU and the engine was built for it. */
  public static boolean hasGpu() {
    Engine engine = Engine.getEngine("PyTorch");
    return engine.hasCapability(CUDA) && engine.getGpuCount() > 0;
  }

  /** The name as the command line takes it, for example {@code auto}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
