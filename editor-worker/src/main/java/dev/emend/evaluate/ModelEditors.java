package dev.emend.evaluate;

import dev.emend.memit.ContextTemplates;
import dev.emend.memit.EditOverrides;
import dev.emend.memit.Editor;
import dev.emend.memit.EditorSettings;
import dev.emend.memit.FactReader;
import dev.emend.memit.FamilyDefaults;
import dev.emend.memit.HyperParameters;
import dev.emend.memit.KeyStatistics;
import dev.emend.memit.SettingsFile;
import dev.emend.memit.StatisticsFile;
import dev.emend.memit.TemplateSampler;
import dev.emend.memory.MemoryNeed;
import dev.emend.model.LanguageModel;
import dev.emend.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;

/**
 * Opens the editor of a model with what lies beside it: {@code emend.json} for numbers and
 * templates, {@code key-statistics.safetensors} for C. What is missing is derived: numbers from the
 * model's family, templates by seeded sampling, statistics from the default corpus.
 */
public final class ModelEditors {
  /** Name of the statistics in a model folder. */
  public static final String STATISTICS = "key-statistics.safetensors";

  private static final long TEMPLATE_SEED = 20_231_001;

  private ModelEditors() {}

  /**
   * An editor for a model in which no fact stands.
   *
   * @param statistics a file to use in place of the one beside the model
   */
  public static Editor open(
      LanguageModel model, EditOverrides overrides, Optional<Path> statistics, Progress progress) {
    EditorSettings settings = settings(model, overrides);
    KeyStatistics found = statistics(model, settings.numbers().layers(), statistics, progress);
    FactReader reader = FactReader.of(model.tokenizer(), settings, model.config().positions());
    return Editor.of(model.decoder(), reader, settings, found);
  }

  /** The settings of a model. */
  public static EditorSettings settings(LanguageModel model, EditOverrides overrides) {
    HyperParameters family =
        FamilyDefaults.of(model.config().architecture().modelType(), model.config().layers());
    SettingsFile.Given given = SettingsFile.read(model.folder().path(), family);
    ContextTemplates templates =
        given
            .templates()
            .orElseGet(
                () -> TemplateSampler.sample(model.decoder(), model.tokenizer(), TEMPLATE_SEED));
    return new EditorSettings(overrides.over(given.numbers(), family), templates)
        .within(model.budget());
  }

  private static KeyStatistics read(LanguageModel model, Path file) {
    MemoryNeed need = MemoryNeed.NONE.and("triangles in fp32", sizeOf(file));
    model.budget().require("the key statistics", need, "allow more memory");
    return StatisticsFile.read(file);
  }

  /** A file that is missing is told by whoever reads it. */
  private static long sizeOf(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }

  /** The statistics of some layers: those of a file, those beside the model, or new ones. */
  public static KeyStatistics statistics(
      LanguageModel model, Collection<Integer> layers, Optional<Path> file, Progress progress) {
    Path beside = model.folder().path().resolve(STATISTICS);
    if (file.isPresent()) {
      return read(model, file.get());
    }
    if (Files.isRegularFile(beside)) {
      KeyStatistics found = read(model, beside);
      if (found.layers().containsAll(layers)) {
        return found;
      }
    }
    return StatisticsRun.of(model, layers, Corpus.byDefault(), progress);
  }
}
