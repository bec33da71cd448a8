package dev.emend.answer;

import dev.emend.delta.ModelState;
import dev.emend.delta.ModelVersion;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.model.DownProjection;
import dev.emend.model.LanguageModel;
import dev.emend.model.ModelOptions;
import dev.emend.subscribe.ServedVersion;
import dev.emend.subscribe.VersionListener;
import dev.emend.token.TokenIds;
import dev.emend.weights.ModelDigest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A model in this process whose weights follow the versions: the in-process swap. A swap writes the
 * changed tensors in place, between two answers, so that an answer is from one version throughout.
 * Nothing is remembered from one answer to the next, hence nothing stale either: keys and values
 * that attention computes live as long as one answer. Thread-safe, one at a time.
 */
public final class ServedModel implements VersionListener, AutoCloseable {
  /** Fair, so that many questions do not keep a version waiting. */
  private final ReentrantLock lock = new ReentrantLock(true);

  private final Condition changed = lock.newCondition();
  private final LanguageModel model;
  private final Map<String, DownProjection> editable = new HashMap<>();
  private ModelDigest loaded;
  private ModelVersion version;
  private @Nullable Fault ended;

  private ServedModel(LanguageModel model, ModelState first) {
    this.model = model;
    this.loaded = first.digest();
    this.version = first.version();
    IntStream.range(0, model.config().layers())
        .mapToObj(model.decoder()::downProjection)
        .forEach(projection -> editable.put(projection.name(), projection));
  }

  /**
   * Opens a folder.
   *
   * @param name the model's name in the stream
   * @param folder the base model, or a snapshot of one of its versions
   */
  public static ServedModel open(String name, Path folder, ModelOptions options) {
    LanguageModel model = LanguageModel.open(folder, options);
    try {
      return new ServedModel(model, ModelState.open(name, model.folder()));
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /**
   * Takes the newest weights: what a subscriber that was just started serves already, because it
   * went on from a folder of its own. This model must be one of its listeners by then.
   */
  public void catchUp(Supplier<ModelState> newest) {
    lock.lock();
    try {
      swapTo(newest.get());
    } finally {
      lock.unlock();
    }
  }

  private void swapTo(ModelState state) {
    List<String> changedNames =
        state.digest().tensors().keySet().stream()
            .filter(name -> !state.digest().tensor(name).equals(loaded.tensor(name)))
            .toList();
    // All are found before the first is written.
    List<DownProjection> targets = changedNames.stream().map(this::editable).toList();
    targets.forEach(target -> target.replace(state.floats(target.name())));
    loaded = state.digest();
    version = state.version();
    changed.signalAll();
  }

  private DownProjection editable(String name) {
    return Optional.ofNullable(editable.get(name))
        .orElseThrow(
            () ->
                new Fault(
                    FaultCode.MODEL_INCOMPLETE,
                    "the tensor " + name + " changed, which a running model cannot take"));
  }

  @Override
  public void onVersion(ServedVersion told, ModelState newest) {
    catchUp(() -> newest);
  }

  @Override
  public void onFault(Fault fault) {
    lock.lock();
    try {
      ended = fault;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until this version or a later one answers.
   *
   * @throws Fault TIMEOUT, or why the versions came to an end
   */
  public void awaitVersion(long wanted, Duration timeout) throws InterruptedException {
    long nanos = timeout.toNanos();
    lock.lockInterruptibly();
    try {
      while (version.version() < wanted) {
        Fault reason = ended;
        if (reason != null) {
          throw new Fault(reason.code(), String.valueOf(reason.getMessage()), reason);
        }
        if (nanos <= 0) {
          throw new Fault(
              FaultCode.TIMEOUT,
              "version %d does not answer within %d s, version %d does"
                  .formatted(wanted, timeout.toSeconds(), version.version()));
        }
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The version that answers now. */
  public ModelVersion version() {
    lock.lock();
    try {
      return version;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The greedy continuation of a prompt.
   *
   * @param limit most tokens to write
   * @throws Fault TEXT_LENGTH if prompt and continuation are longer than the model can read
   */
  public Answer answer(String prompt, int limit) {
    lock.lock();
    try {
      TokenIds ids = model.tokenizer().encode(prompt).ids();
      TokenIds said = model.generator().continuations(List.of(ids), limit).get(0);
      return new Answer(
          model.tokenizer().decodePlain(said),
          version,
          ids.length(),
          said.length(),
          said.length() < limit);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      model.close();
    } finally {
      lock.unlock();
    }
  }
}
