package dev.emend.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs another command of ours in a process of its own, as this one was started, so that its memory
 * is its own as well.
 */
final class ChildEmend {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ChildEmend() {}

  /**
   * Runs a command and gives the report that it writes.
   *
   * @param report where the command is told to write it
   * @throws Fault INTERNAL with the command's last line if it fails
   */
  static JsonNode run(Path report, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(EmendMain.class.getName());
    command.addAll(arguments);
    command.addAll(List.of("--report", report.toString()));
    try {
      Files.deleteIfExists(report);
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() == 0 || Files.isRegularFile(report)) {
        return JSON.readTree(report.toFile());
      }
      throw new Fault(FaultCode.INTERNAL, "emend " + arguments.get(0) + " failed: " + said.strip());
    } catch (IOException e) {
      throw new Fault(FaultCode.INTERNAL, "emend " + arguments.get(0) + " cannot be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Fault(FaultCode.TIMEOUT, "interrupted", e);
    }
  }
}
