package dev.emend.cli;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the model that comes with Emend. */
final class ShippedModel {
  /** The folder {@code deploy} of the checkout; set by the start script. */
  private static final String HOME = "emend.home";

  private ShippedModel() {}

  /** Its folder. */
  static Path folder() {
    Path folder = Path.of(System.getProperty(HOME, "deploy")).resolve("model");
    if (!Files.isRegularFile(folder.resolve("config.json"))) {
      throw new Fault(
          FaultCode.FILE_NOT_FOUND, "no model in " + folder + "; name one with --model DIR");
    }
    return folder;
  }
}
