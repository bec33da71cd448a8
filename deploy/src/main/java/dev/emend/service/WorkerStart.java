package dev.emend.service;

import dev.emend.delta.ModelState;
import dev.emend.evaluate.ModelEditors;
import dev.emend.memit.Editor;
import dev.emend.model.LanguageModel;
import dev.emend.progress.Progress;
import dev.emend.worker.EditorWorker;
import dev.emend.worker.KeptState;
import dev.emend.worker.MemitWindowEditor;
import dev.emend.worker.WorkerConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Opens a model folder and puts a worker on it. */
final class WorkerStart {
  private WorkerStart() {}

  /** A worker that is wired but does not run yet; owns the model. */
  static EditorWorker worker(ServiceOptions options, Progress progress) {
    WorkerConfig config = config(options);
    LanguageModel model = LanguageModel.open(options.folder(), config.run());
    try {
      ModelState base = ModelState.open(options.model(), model.folder());
      Editor editor = ModelEditors.open(model, config.editing(), Optional.empty(), progress);
      KeptState kept = KeptState.in(options.workerState());
      return new EditorWorker(
          config,
          options.connection(),
          base,
          new MemitWindowEditor(model, editor, progress, kept, config.canary()),
          kept);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /** What the service is about comes from its options, whatever the settings say. */
  private static WorkerConfig config(ServiceOptions options) {
    Map<String, String> settings = new HashMap<>(options.workerSettings());
    settings.put("model", options.model());
    settings.put("topic.prefix", options.topics().prefix());
    settings.put("metrics.port", Integer.toString(options.workerMetricsPort()));
    return WorkerConfig.from(settings);
  }
}
