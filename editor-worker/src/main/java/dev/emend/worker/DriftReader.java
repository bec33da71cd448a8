package dev.emend.worker;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import dev.emend.canary.TextReading;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.model.Decoder;
import dev.emend.model.Frame;
import dev.emend.model.LanguageModel;
import dev.emend.model.NativeArrays;
import dev.emend.model.TokenBatch;
import dev.emend.token.TokenIds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads a fixed plain text with the weights that a model has at the moment: what an edit should
 * leave as it was. Not thread-safe, as the model.
 */
final class DriftReader {
  private static final String TEXT = "drift-text.txt";
  private static final int LONGEST_ROW = 64;

  private final LanguageModel model;
  private final List<TokenIds> rows;

  private DriftReader(LanguageModel model, List<TokenIds> rows) {
    this.model = model;
    this.rows = rows;
  }

  /**
   * A reader of the first tokens of a text.
   *
   * @param tokens how many it reads at most
   * @param text a file in UTF-8; the text that comes with Emend if there is none
   * @throws Fault FILE_NOT_FOUND if the file cannot be read
   */
  static DriftReader of(LanguageModel model, int tokens, Optional<Path> text) {
    List<TokenIds> rows = new ArrayList<>();
    int left = tokens;
    int longest = Math.min(LONGEST_ROW, model.config().positions());
    for (String line : text(text).lines().map(String::strip).toList()) {
      TokenIds ids = line.isEmpty() ? TokenIds.of() : model.tokenizer().encode(line).ids();
      TokenIds row = ids.slice(0, Math.min(ids.length(), longest));
      // The first token of a row is given, so a row of one says nothing.
      if (row.length() > 1 && left > 0) {
        TokenIds kept = row.slice(0, Math.min(row.length(), left + 1));
        rows.add(kept);
        left -= kept.length() - 1;
      }
    }
    return new DriftReader(model, List.copyOf(rows));
  }

  private static String text(Optional<Path> file) {
    try {
      return file.isPresent() ? Files.readString(file.get()) : ours();
    } catch (IOException e) {
      throw new Fault(
          FaultCode.FILE_NOT_FOUND, file.map(Path::toString).orElse(TEXT) + " cannot be read", e);
    }
  }

  private static String ours() throws IOException {
    try (InputStream input =
        Objects.requireNonNull(DriftReader.class.getResourceAsStream(TEXT), TEXT)) {
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Reads it. */
  TextReading read() {
    List<float[]> places = new ArrayList<>();
    List<Integer> tokens = new ArrayList<>();
    if (!rows.isEmpty()) {
      model.batches().forEach(rows, (indices, batch) -> read(batch, places, tokens));
    }
    return TextReading.of(places, tokens);
  }

  private void read(TokenBatch batch, List<float[]> places, List<Integer> tokens) {
    Decoder decoder = model.decoder();
    List<Long> flat = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      TokenIds ids = batch.rows().get(row);
      for (int at = 1; at < ids.length(); at++) {
        flat.add(batch.flat(row, at - 1));
        tokens.add(ids.at(at));
      }
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Frame frame = decoder.frame(batch.length());
      NDArray h = decoder.embed(batch.ids(decoder.manager()), frame);
      h = decoder.run(h, 0, decoder.config().layers(), frame);
      long[] chosen = flat.stream().mapToLong(Long::longValue).toArray();
      NDArray at = NativeArrays.longs(decoder.manager(), chosen, chosen.length);
      float[] logits = decoder.logitsAt(h, at).toFloatArray();
      int vocabulary = logits.length / chosen.length;
      for (int i = 0; i < chosen.length; i++) {
        places.add(logProbabilities(logits, i * vocabulary, vocabulary));
      }
    }
  }

  private static float[] logProbabilities(float[] logits, int from, int count) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      max = Math.max(max, logits[from + i]);
    }
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += Math.exp(logits[from + i] - max);
    }
    double norm = max + Math.log(sum);
    float[] row = new float[count];
    for (int i = 0; i < count; i++) {
      row[i] = (float) (logits[from + i] - norm);
    }
    return row;
  }
}
