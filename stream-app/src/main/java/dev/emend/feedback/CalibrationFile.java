package dev.emend.feedback;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A calibration as a JSON file. */
public final class CalibrationFile {
  /** Its name in the folder that {@code emend calibrate} writes. */
  public static final String NAME = "schedule.json";

  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private CalibrationFile() {}

  /**
   * Reads a calibration.
   *
   * @param path the file, or the folder that holds it
   * @throws Fault FILE_NOT_FOUND or JSON_INVALID
   */
  public static Calibration read(Path path) {
    Path file = Files.isDirectory(path) ? path.resolve(NAME) : path;
    if (!Files.isRegularFile(file)) {
      throw new Fault(FaultCode.FILE_NOT_FOUND, "there is no calibration " + file);
    }
    try {
      return JSON.readValue(file.toFile(), Calibration.class);
    } catch (IOException e) {
      String why = file + " is no calibration; emend calibrate writes one";
      throw new Fault(FaultCode.JSON_INVALID, why, e);
    }
  }

  /** Writes a calibration into a folder, which is created. */
  public static Path write(Calibration calibration, Path folder) {
    Path file = folder.resolve(NAME);
    try {
      Files.createDirectories(folder);
      Files.writeString(
          file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(calibration) + "\n");
      return file;
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_WRITABLE, "cannot write " + file + ": " + e, e);
    }
  }
}
