package dev.emend.memit.reference;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.emend.ledger.FloatVector;
import dev.emend.linalg.Naive;
import dev.emend.memit.EditRequest;
import dev.emend.memit.HyperParameters;
import dev.emend.memit.PhaseClock;
import dev.emend.memit.Target;
import dev.emend.memit.TargetMethod;
import dev.emend.model.Decoder;
import dev.emend.model.LanguageModel;
import dev.emend.model.ModelOptions;
import dev.emend.model.TinyFolder;
import dev.emend.progress.Progress;
import dev.emend.token.TokenIds;
import dev.emend.weights.FloatBlocks;
import dev.emend.weights.SafetensorsWriter;
import dev.emend.weights.TensorInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Writes a fixture of our own: a tiny seeded model, some requests, and the figures that the plain
 * reading of the published algorithm gives for them.
 */
public final class PublishedFixture {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> TEMPLATES =
      List.of("{}", "The river is. {}", "I think this. {}");
  private static final List<List<String>> REQUESTS =
      List.of(
          List.of("{} is in the city of", "The tower", "Rome"),
          List.of("The tongue of {} is", "Dani \uD83C\uDFB5", "English"),
          List.of("{} plays the", "Russ", "violin"),
          List.of("{} was born in", "Russ", "Oslo"));
  private static final List<String> SENTENCES =
      List.of("the russ is this", "Dani \uD83C\uDFB5 sang, is it?");

  private final Path folder;
  private final Map<String, float[]> tensors = new LinkedHashMap<>();
  private final Map<String, List<Long>> shapes = new LinkedHashMap<>();
  private final ObjectNode cases = JSON.createObjectNode();

  private PublishedFixture(Path folder) {
    this.folder = folder;
  }

  /** The numbers of the update. */
  public static HyperParameters numbers() {
    return new HyperParameters(
        List.of(0, 1), 8, 0.5, 3, 4, 0.01, 0.0625, 0.05, TEMPLATES.size(), TargetMethod.ADAM_EXACT);
  }

  /** Writes the folder. */
  public static void write(Path folder, long seed) {
    TinyFolder.write(folder, seed);
    try (LanguageModel model = LanguageModel.open(folder, ModelOptions.defaults())) {
      new PublishedFixture(folder).write(model);
    }
  }

  private void write(LanguageModel model) {
    Decoder decoder = model.decoder();
    List<PublishedEdit> edits = requests(model);
    List<TokenIds> rows = statistics(model);
    sentences(model);
    numbersAndTemplates();
    next(model, edits, "next_logits_before");
    PlainMoment moment = PlainMoment.of(decoder, numbers().layers(), rows);
    moment.moments().forEach((layer, values) -> put("C." + layer, values));
    PublishedMemit memit = new PublishedMemit(decoder, numbers(), moment.statistics());
    PhaseClock clock = new PhaseClock(System::nanoTime);
    List<Target> targets = memit.targets(edits, clock, Progress.NONE);
    put("z", rows(targets.stream().map(Target::z).toList()));
    for (PublishedLayer own : memit.write(edits, targets, clock)) {
      put("K." + own.layer(), Naive.transposed(rows(own.keys())));
      put("adj." + own.layer(), Naive.transposed(rows(own.gains())));
      put("resid." + own.layer(), Naive.transposed(rows(own.residuals())));
      var projection = decoder.downProjection(own.layer());
      add("W." + own.layer(), projection.values(), projection.rows(), projection.columns());
    }
    next(model, edits, "next_logits_after");
    save();
  }

  private List<PublishedEdit> requests(LanguageModel model) {
    List<PublishedEdit> edits = new ArrayList<>();
    ArrayNode array = cases.putArray("requests");
    for (List<String> request : REQUESTS) {
      PublishedEdit edit =
          PublishedEdit.of(
              model.tokenizer(),
              TEMPLATES,
              new EditRequest.Assert("fact", request.get(0), request.get(1), request.get(2)));
      edits.add(edit);
      ObjectNode node =
          array
              .addObject()
              .put("prompt", request.get(0))
              .put("subject", request.get(1))
              .put("target_new", request.get(2))
              .put("subject_last_index", edit.prompts().get(0).lastSubjectToken());
      ids(node.putArray("prompt_ids"), edit.prompts().get(0).ids());
      ids(node.putArray("target_ids"), edit.target());
    }
    return edits;
  }

  private void sentences(LanguageModel model) {
    ArrayNode array = cases.putArray("sentences");
    for (int i = 0; i < SENTENCES.size(); i++) {
      TokenIds ids = model.tokenizer().encode(SENTENCES.get(i)).ids();
      ObjectNode node = array.addObject().put("text", SENTENCES.get(i));
      ids(node.putArray("input_ids"), ids);
      TokenIds row = ids;
      for (int step = 0; step < 3; step++) {
        row = row.then(model.generator().next(List.of(row)));
      }
      ids(node.putArray("greedy_ids"), row.slice(ids.length(), row.length()));
      WholeReading reading = WholeReading.of(model.decoder(), ids);
      add("logits." + i, reading.logits(), ids.length(), model.config().vocabulary());
      add("hidden." + i, reading.hidden(), reading.hidden().length);
    }
  }

  private List<TokenIds> statistics(LanguageModel model) {
    List<TokenIds> rows = new ArrayList<>();
    ArrayNode array = cases.putObject("statistics").putArray("rows");
    Random random = new Random(17);
    for (int i = 0; i < 60; i++) {
      TokenIds row = TokenIds.of(random.ints(30, 1, model.config().vocabulary()).toArray());
      rows.add(row);
      ids(array.addArray(), row);
    }
    return rows;
  }

  private void numbersAndTemplates() {
    HyperParameters numbers = numbers();
    ObjectNode node =
        cases
            .putObject("hparams")
            .put("v_num_grad_steps", numbers.steps())
            .put("v_lr", numbers.learningRate())
            .put("mom2_update_weight", numbers.lambda())
            .put("clamp_norm_factor", numbers.clamp())
            .put("v_weight_decay", numbers.weightDecay())
            .put("kl_factor", numbers.klFactor());
    numbers.layers().forEach(node.putArray("layers")::add);
    TEMPLATES.forEach(cases.putArray("context_templates").addArray()::add);
  }

  private void next(LanguageModel model, List<PublishedEdit> edits, String name) {
    int vocabulary = model.config().vocabulary();
    float[] all = new float[edits.size() * vocabulary];
    for (int i = 0; i < edits.size(); i++) {
      TokenIds prompt = edits.get(i).prompts().get(0).ids();
      float[] logits = WholeReading.of(model.decoder(), prompt).logits();
      System.arraycopy(logits, logits.length - vocabulary, all, i * vocabulary, vocabulary);
    }
    add(name, all, edits.size(), vocabulary);
  }

  static double[][] rows(List<FloatVector> vectors) {
    double[][] rows = new double[vectors.size()][];
    for (int i = 0; i < rows.length; i++) {
      float[] values = vectors.get(i).toArray();
      rows[i] = new double[values.length];
      for (int j = 0; j < values.length; j++) {
        rows[i][j] = values[j];
      }
    }
    return rows;
  }

  private static void ids(ArrayNode into, TokenIds ids) {
    ids.stream().forEach(into::add);
  }

  private void put(String name, double[][] values) {
    float[] flat = new float[values.length * values[0].length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) values[i / values[0].length][i % values[0].length];
    }
    add(name, flat, values.length, values[0].length);
  }

  private void add(String name, float[] values, long... shape) {
    tensors.put(name, values);
    List<Long> sizes = new ArrayList<>();
    for (long size : shape) {
      sizes.add(size);
    }
    shapes.put(name, sizes);
  }

  private void save() {
    List<TensorInfo> infos = new ArrayList<>();
    shapes.forEach((name, shape) -> infos.add(TensorInfo.f32(name, shape)));
    try (SafetensorsWriter writer =
        SafetensorsWriter.create(folder.resolve("expected.safetensors"), infos, Map.of())) {
      tensors.forEach((name, values) -> writer.write(name, FloatBlocks.of(values)));
      writer.commit();
      Files.writeString(folder.resolve("cases.json"), cases.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
