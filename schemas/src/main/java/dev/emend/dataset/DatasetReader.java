package dev.emend.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.emend.dataset.JsonObjects.Located;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Reads cases one by one from a file of JSON lines or one JSON array, whichever the file holds, in
 * any of these schemas: CounterFact as published, EasyEdit's CounterFact, EasyEdit's zsRE, our own
 * lines ({@code subject, relation, prompt, object}, and optionally {@code event_id, op, valid_from,
 * valid_to, ground_truth, paraphrases, neighbours, generation_prompts}). Unknown fields are
 * ignored; a known one of the wrong type is a fault. A byte order mark and empty lines are fine.
 *
 * <p>Faults name the file and the line, with code {@link FaultCode#JSON_INVALID}, {@link
 * FaultCode#FACT_INVALID}, {@link FaultCode#SUBJECT_NOT_IN_PROMPT} or {@link
 * FaultCode#FILE_NOT_FOUND}. Not thread-safe.
 */
public final class DatasetReader implements Iterator<EditCase>, AutoCloseable {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final Path path;
  private final JsonObjects objects;
  private @Nullable Located next;
  private long position;

  private DatasetReader(Path path, JsonObjects objects) {
    this.path = path;
    this.objects = objects;
  }

  /** Opens a file. */
  public static DatasetReader open(Path path) {
    try {
      InputStream input = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
      skipByteOrderMark(input);
      return new DatasetReader(
          path, startsArray(input) ? new JsonArray(input) : new JsonLines(input));
    } catch (NoSuchFileException e) {
      throw new Fault(FaultCode.FILE_NOT_FOUND, path + " does not exist", e);
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_FOUND, path + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** All cases of a file. */
  public static List<EditCase> readAll(Path path) {
    List<EditCase> cases = new ArrayList<>();
    try (DatasetReader reader = open(path)) {
      reader.forEachRemaining(cases::add);
    }
    return cases;
  }

  private static void skipByteOrderMark(InputStream input) throws IOException {
    input.mark(BYTE_ORDER_MARK.length);
    if (!Arrays.equals(input.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
      input.reset();
    }
  }

  private static boolean startsArray(InputStream input) throws IOException {
    input.mark(1 << 12);
    int first = input.read();
    for (int skipped = 1; skipped < 1 << 12 && first >= 0 && first <= ' '; skipped++) {
      first = input.read();
    }
    input.reset();
    return first == '[';
  }

  @Override
  public boolean hasNext() {
    if (next == null) {
      next = read();
    }
    return next != null;
  }

  @Override
  public EditCase next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException(path + " has no more cases");
    }
    Located located = next;
    next = null;
    try {
      return read(located);
    } catch (Fault e) {
      throw new Fault(e.code(), place(located.line()) + e.getMessage(), e);
    }
  }

  private EditCase read(Located located) {
    if (!located.node().isObject()) {
      throw new Fault(FaultCode.JSON_INVALID, "not a JSON object");
    }
    return CaseSchema.readAny(new CaseFields(located.node())).build(position++);
  }

  private @Nullable Located read() {
    try {
      return objects.next();
    } catch (JsonProcessingException e) {
      String reason = place(objects.line()) + "not JSON: " + e.getOriginalMessage();
      throw new Fault(FaultCode.JSON_INVALID, reason, e);
    } catch (IOException e) {
      throw new Fault(FaultCode.JSON_INVALID, place(objects.line()) + e.getMessage(), e);
    }
  }

  private String place(long line) {
    return path + " line " + line + ": ";
  }

  @Override
  public void close() {
    try {
      objects.close();
    } catch (IOException e) {
      throw new Fault(FaultCode.FILE_NOT_FOUND, path + " cannot be closed: " + e.getMessage(), e);
    }
  }
}
