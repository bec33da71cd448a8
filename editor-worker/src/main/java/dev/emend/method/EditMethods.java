package dev.emend.method;

import dev.emend.memit.BaseWeights;
import dev.emend.memit.Editor;
import dev.emend.memit.EditorSettings;
import dev.emend.memit.FactProbe;
import dev.emend.memit.FactReader;
import dev.emend.memit.KeyStatistics;
import dev.emend.model.LanguageModel;
import java.util.Optional;

/** Makes methods for a model, all with the same settings and statistics. */
public final class EditMethods {
  private final LanguageModel model;
  private final EditorSettings settings;
  private final KeyStatistics statistics;
  private final MethodOptions options;

  /** Methods for a model that stays open as long as they are used. */
  public EditMethods(
      LanguageModel model,
      EditorSettings settings,
      KeyStatistics statistics,
      MethodOptions options) {
    this.model = model;
    this.settings = settings;
    this.statistics = statistics;
    this.options = options;
  }

  /** Reads facts as the methods do. */
  public FactProbe probe() {
    return new FactProbe(model.decoder(), reader(), settings);
  }

  private FactReader reader() {
    return FactReader.of(model.tokenizer(), settings, model.config().positions());
  }

  /** A method that has not edited anything yet; the caller closes it. */
  public EditMethod open(MethodName name) {
    settings
        .budget()
        .require(
            name.label(),
            MethodMemory.of(name, model, settings),
            MethodMemory.advice(settings.numbers().layers()));
    return switch (name) {
      case MEMIT_MASS -> new MemitMass(editor(), options.window(), base());
      case MEMIT_SEQUENTIAL -> new SequentialMemit(editor(), options.window());
      case ROME -> new Rome(model.decoder(), probe(), statistics);
      case ALPHAEDIT ->
          new AlphaEdit(
              model.decoder(), probe(), statistics, options.projection(), options.window());
      case FINETUNE ->
          new FineTuning(model.decoder(), probe(), options.descent(), options.window());
    };
  }

  private Optional<BaseWeights> base() {
    return options.consolidate() ? Optional.of(BaseWeights.of(model.folder())) : Optional.empty();
  }

  private Editor editor() {
    return Editor.of(model.decoder(), reader(), settings, statistics);
  }
}
