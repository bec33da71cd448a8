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
    description = {
      "Edits the same facts in every precision, each in a process of its own: time, memory, score.",
      "Edited, written and asked in that precision, as somebody would who has no other."
    })
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

  @Mixin private DatasetOption dataset;

  @Option(
      names = "--cases",
      paramLabel = "N",
      description = "Only the first N cases (default: ${DEFAULT-VALUE}).")
  private int cases = 100;

  @Option(
      names = "--random-cases",
      paramLabel = "N",
      description = "Cases for the random model (default: ${DEFAULT-VALUE}).")
  private int randomCases = 10;

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
      @JsonProperty("lost_share") double lost,
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
        rows.add(scored(scratch, trained, precision));
      }
      if (random.isPresent()) {
        Path made = made(scratch, trained, random.get());
        for (Precision precision : precisions) {
          JsonNode edit = edit(scratch, made, precision, randomCases);
          rows.add(row(made, precision, edit, MissingNode.getInstance()));
        }
      }
      show(rows);
      report.write(Map.of("cases", cases, "window", window, "threads", threads, "results", rows));
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

  private Row scored(Path scratch, Path folder, Precision precision) throws IOException {
    JsonNode edit = edit(scratch, folder, precision, cases);
    JsonNode scores =
        ChildEmend.run(
            scratch.resolve("eval.json"),
            List.of(
                "eval",
                "--model=" + edited(scratch),
                "--dataset=" + dataset.file(),
                "--cases=" + cases,
                "--threads=" + threads,
                "--precision=" + precision));
    return row(folder, precision, edit, scores);
  }

  private JsonNode edit(Path scratch, Path folder, Precision precision, int facts)
      throws IOException {
    terminal.progress().at("precision " + folder.getFileName() + " " + precision, 0, 1);
    delete(edited(scratch));
    return ChildEmend.run(
        scratch.resolve("edit.json"),
        List.of(
            "edit",
            "--model=" + folder,
            "--facts=" + dataset.file(),
            "--cases=" + facts,
            "--out=" + edited(scratch),
            "--window=" + window,
            "--threads=" + threads,
            "--precision=" + precision,
            "--export-dtype=" + precision));
  }

  private static Path edited(Path scratch) {
    return scratch.resolve("edited");
  }

  private static Row row(Path folder, Precision precision, JsonNode edit, JsonNode scores) {
    return new Row(
        String.valueOf(folder.getFileName()),
        precision.toString(),
        edit.path("seconds"),
        edit.path("seconds_per_edit").asDouble(),
        edit.path("peak_rss_bytes").asLong(),
        edit.path("export").path("lost_share").asDouble(),
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
            40, "model", "precision", "targets s", "keys s", "total s", "peak", "lost", "S");
    for (Row row : rows) {
      table.row(
          row.model(),
          row.precision(),
          seconds(row, "targets"),
          seconds(row, "keys"),
          seconds(row, "total"),
          new ByteSize(row.peak()).toString(),
          String.format(Locale.ROOT, "%.2f %%", 100 * row.lost()),
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
