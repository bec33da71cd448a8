package dev.emend.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.emend.evaluate.RandomModel;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.model.Precision;
import dev.emend.size.ByteSize;
import dev.emend.table.TextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code emend bench precision}. */
@Command(
    name = "precision",
    sortOptions = false,
    description =
        "Edits the same facts in every precision, each in a process of its own: time, memory, score.")
final class BenchPrecisionCommand implements Callable<Integer> {
  private static final long SEED = 20_261_123;

  @Mixin private Terminal terminal;
  @Mixin private ReportOption report;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Model folder (default: the one that comes with Emend).")
  private Optional<Path> model = Optional.empty();

  @Option(
      names = "--random",
      paramLabel = "WIDTHxLAYERS",
      description =
          "Measure a GPT-2 of this size with random weights as well, for example 768x12:"
              + " it has no score.")
  private Optional<String> random = Optional.empty();

  @Option(
      names = "--dataset",
      paramLabel = "FILE",
      required = true,
      description = "Facts to edit and score.")
  private Path dataset;

  @Option(
      names = "--window",
      paramLabel = "N",
      description = "Facts edited together (default: ${DEFAULT-VALUE}).")
  private int window = 100;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of the tensor engine (default: ${DEFAULT-VALUE}).")
  private int threads = 1;

  @Option(
      names = "--precision",
      split = ",",
      paramLabel = "FORMAT,...",
      description = "What to measure (default: all of ${COMPLETION-CANDIDATES}).")
  private List<Precision> precisions = List.of(Precision.values());

  /** One line of the table; scores are null where the model knows nothing. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Row(
      String model,
      String precision,
      JsonNode seconds,
      @JsonProperty("seconds_per_edit") double secondsPerEdit,
      @JsonProperty("peak_rss_bytes") long peak,
      @JsonProperty("ES") @Nullable Double es,
      @JsonProperty("PS") @Nullable Double ps,
      @JsonProperty("NS") @Nullable Double ns,
      @JsonProperty("S") @Nullable Double s) {}

  @Override
  public Integer call() throws IOException {
    report.check();
    Path scratch = Files.createTempDirectory("emend-precision");
    try {
      List<Row> rows = new ArrayList<>();
      Path trained = model.orElseGet(ShippedModel::folder);
      for (Precision precision : precisions) {
        rows.add(measure(scratch, trained, precision, true));
      }
      if (random.isPresent()) {
        Path made = made(scratch, trained, random.get());
        for (Precision precision : precisions) {
          rows.add(measure(scratch, made, precision, false));
        }
      }
      show(rows);
      report.write(Map.of("window", window, "threads", threads, "results", rows));
      return CommandLine.ExitCode.OK;
    } finally {
      delete(scratch);
    }
  }

  private static Path made(Path scratch, Path tokenizer, String size) {
    String[] parts = size.split("x", -1);
    Path folder = scratch.resolve("random-" + size);
    try {
      RandomModel.write(
          folder, tokenizer, Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), SEED);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new Fault(FaultCode.USAGE, "--random " + size + ": write for example 768x12", e);
    }
    return folder;
  }

  private Row measure(Path scratch, Path folder, Precision precision, boolean scored)
      throws IOException {
    String name = String.valueOf(folder.getFileName());
    terminal.progress().at("precision " + name + " " + precision, 0, 1);
    Path out = scratch.resolve("edited");
    JsonNode edit =
        ChildEmend.run(
            scratch.resolve("edit.json"),
            List.of(
                "edit",
                "--model=" + folder,
                "--facts=" + dataset,
                "--out=" + out,
                "--window=" + window,
                "--threads=" + threads,
                "--precision=" + precision));
    JsonNode scores = MissingNode.getInstance();
    if (scored) {
      scores =
          ChildEmend.run(
              scratch.resolve("eval.json"),
              List.of("eval", "--model=" + out, "--dataset=" + dataset, "--threads=" + threads));
    }
    delete(out);
    return new Row(
        name,
        precision.toString(),
        edit.path("seconds"),
        edit.path("seconds_per_edit").asDouble(),
        edit.path("peak_rss_bytes").asLong(),
        number(scores, "ES"),
        number(scores, "PS"),
        number(scores, "NS"),
        number(scores, "S"));
  }

  private static @Nullable Double number(JsonNode scores, String key) {
    return scores.path(key).isNumber() ? scores.path(key).asDouble() : null;
  }

  private void show(List<Row> rows) {
    TextTable table =
        TextTable.withCellsUpTo(
            40, "model", "precision", "targets s", "keys s", "total s", "peak", "S");
    for (Row row : rows) {
      table.row(
          row.model(),
          row.precision(),
          seconds(row, "targets"),
          seconds(row, "keys"),
          seconds(row, "total"),
          new ByteSize(row.peak()).toString(),
          row.s() == null ? "-" : String.format(Locale.ROOT, "%.1f", row.s()));
    }
    table.lines().forEach(terminal::say);
  }

  private static String seconds(Row row, String phase) {
    return String.format(Locale.ROOT, "%.2f", row.seconds().path(phase).asDouble());
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
