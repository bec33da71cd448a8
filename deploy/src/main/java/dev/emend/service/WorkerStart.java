package dev.emend.service;

import dev.emend.delta.ModelState;
import dev.emend.evaluate.ModelEditors;
import dev.emend.memit.EditOverrides;
import dev.emend.memit.Editor;
import dev.emend.model.LanguageModel;
import dev.emend.progress.Progress;
import dev.emend.worker.EditorWorker;
import dev.emend.worker.KeptState;
import dev.emend.worker.LogSettings;
import dev.emend.worker.MemitWindowEditor;
import dev.emend.worker.WorkerConfig;
import java.util.Optional;

/** Opens a model folder and puts a worker on it. */
final class WorkerStart {
  private WorkerStart() {}

  /** A worker that is wired but does not run yet; owns the model. */
  static EditorWorker worker(ServiceOptions options, Progress progress) {
    LanguageModel model = LanguageModel.open(options.folder(), options.run());
    try {
      ModelState base = ModelState.open(options.model(), model.folder());
      Editor editor = ModelEditors.open(model, EditOverrides.NONE, Optional.empty(), progress);
      KeptState kept = KeptState.in(options.workerState());
      return new EditorWorker(
          config(options),
          options.connection(),
          base,
          new MemitWindowEditor(model, editor, progress, kept),
          kept);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private static WorkerConfig config(ServiceOptions options) {
    WorkerConfig standard = WorkerConfig.of(options.model());
    LogSettings log = standard.log();
    return new WorkerConfig(
        standard.model(),
        standard.member(),
        new LogSettings(
            options.topics(),
            log.inlineLimit(),
            log.chunkSize(),
            log.transactionTimeout(),
            log.pollInterval(),
            log.retryPause()),
        standard.canary(),
        standard.gate(),
        standard.consolidation(),
        options.workerMetricsPort(),
        standard.closePatience(),
        options.run());
  }
}
