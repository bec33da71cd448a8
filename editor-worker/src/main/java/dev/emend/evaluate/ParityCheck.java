package dev.emend.evaluate;

import dev.emend.evaluate.ParityReport.Fixture;
import dev.emend.evaluate.ParityReport.Quantity;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.model.LanguageModel;
import dev.emend.model.ModelOptions;
import dev.emend.progress.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares this implementation with the figures of the public ones, folder by folder: tokens,
 * logits and hidden states of the model; statistics, targets, keys, factors and weights of one
 * MEMIT update.
 */
public final class ParityCheck {
  private ParityCheck() {}

  /**
   * Checks every fixture under a folder.
   *
   * @throws Fault if there is none
   */
  public static ParityReport run(Path fixtures, ModelOptions options, Progress progress) {
    List<Path> folders = ParityFixture.under(fixtures);
    if (folders.isEmpty()) {
      throw new Fault(
          FaultCode.FILE_NOT_FOUND, fixtures + " holds no fixture: a folder with a cases.json");
    }
    List<Fixture> results = new ArrayList<>();
    for (Path folder : folders) {
      progress.at("parity", results.size(), folders.size());
      results.add(check(folder, options));
    }
    progress.at("parity", folders.size(), folders.size());
    return new ParityReport(results);
  }

  private static Fixture check(Path folder, ModelOptions options) {
    String name = String.valueOf(folder.getFileName());
    try (LanguageModel model = LanguageModel.open(folder, options)) {
      ParityFixture fixture = ParityFixture.open(folder);
      List<Quantity> quantities = new ArrayList<>(ModelParity.check(model, fixture));
      quantities.addAll(EditParity.check(model, fixture));
      return new Fixture(name, null, quantities);
    } catch (Fault e) {
      if (e.code() == FaultCode.ARCHITECTURE_UNSUPPORTED) {
        return new Fixture(name, e.getMessage(), List.of());
      }
      throw e;
    }
  }
}
