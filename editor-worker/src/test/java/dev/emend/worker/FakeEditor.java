package dev.emend.worker;

import dev.emend.canary.Answer;
import dev.emend.canary.Claim;
import dev.emend.delta.ExactUpdate;
import dev.emend.delta.LowRankFactors;
import dev.emend.delta.ModelState;
import dev.emend.delta.TensorEdit;
import dev.emend.event.BatchItem;
import dev.emend.event.FactOp;
import dev.emend.event.WeightLayout;
import dev.emend.fault.RejectReason;
import dev.emend.ledger.FactLedger;
import dev.emend.ledger.FloatVector;
import dev.emend.ledger.LayerPair;
import dev.emend.memit.EditedFact;
import dev.emend.memit.PhaseTimes;
import dev.emend.memit.Rejection;
import dev.emend.memit.Target;
import dev.emend.memit.WindowResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Edits {@link TinyModel} by factors drawn from the facts' ids, and learns what it is told. A
 * subject that begins with {@code ?} cannot be tokenised; one that begins with {@code !} breaks it.
 */
final class FakeEditor implements WindowEditor {
  private final Map<String, String> knowledge = new HashMap<>();
  private float[] weights = new float[0];
  private boolean onStage;

  /** Permits to edit; a test that wants to hold an edit drains it. */
  final Semaphore permits = new Semaphore(1_000_000);

  final AtomicInteger stagings = new AtomicInteger();
  final AtomicInteger restores = new AtomicInteger();
  volatile boolean closed;

  @Override
  public synchronized void restore(ModelState state, FactLedger ledger) {
    restores.incrementAndGet();
    weights = state.floats(TinyModel.TENSOR);
    onStage = false;
    knowledge.clear();
    ledger.facts().forEach(f -> knowledge.put(f.prompt().replace("{}", f.subject()), f.object()));
  }

  /** A copy of the weights as they are now. */
  synchronized float[] weights() {
    return weights.clone();
  }

  @Override
  public StagedEdit stage(List<BatchItem> items, FactLedger ledger) {
    permits.acquireUninterruptibly();
    return stageNow(items);
  }

  private synchronized StagedEdit stageNow(List<BatchItem> items) {
    stagings.incrementAndGet();
    if (onStage) {
      throw new IllegalStateException("a window is on the stage already");
    }
    if (items.stream().anyMatch(item -> item.getSubject().startsWith("!"))) {
      throw new IllegalStateException("the editor broke");
    }
    onStage = true;
    Map<String, String> knownBefore = new HashMap<>(knowledge);
    float[] before = weights;
    List<EditedFact> written = new ArrayList<>();
    List<String> retracted = new ArrayList<>();
    List<Rejection> rejected = new ArrayList<>();
    List<TensorEdit> tensors = new ArrayList<>();
    List<BatchItem> good = new ArrayList<>(items);
    good.removeIf(item -> item.getSubject().startsWith("?"));
    items.stream()
        .filter(item -> item.getSubject().startsWith("?"))
        .map(i -> new Rejection(i.getFactId(), RejectReason.TEXT_UNTOKENISABLE, "no tokens"))
        .forEach(rejected::add);
    for (BatchItem item : good) {
      String prompt = item.getPrompt().replace("{}", item.getSubject());
      if (item.getOp() == FactOp.RETRACT) {
        retracted.add(item.getFactId());
        knowledge.remove(prompt);
      } else {
        written.add(edited(item));
        knowledge.put(prompt, Objects.requireNonNull(item.getObject()));
      }
    }
    if (!good.isEmpty()) {
      LowRankFactors factors = factors(good);
      weights = weights.clone();
      ExactUpdate.sequential().apply(weights, TinyModel.SHAPE, factors);
      tensors.add(new TensorEdit(TinyModel.TENSOR, WeightLayout.IN_OUT, factors));
    }
    WindowResult result = new WindowResult(tensors, written, retracted, rejected, PhaseTimes.ZERO);
    return new Staged(result, before, knownBefore);
  }

  private static EditedFact edited(BatchItem item) {
    FloatVector vector = FloatVector.of((float) item.getEventId().hashCode());
    return new EditedFact(
        item.getFactId(), new Target(vector, 0.01, 3), List.of(new LayerPair(0, vector, vector)));
  }

  private static LowRankFactors factors(List<BatchItem> items) {
    float[] resid = new float[items.size() * TinyModel.OUT];
    float[] adj = new float[items.size() * TinyModel.IN];
    for (int r = 0; r < items.size(); r++) {
      Random random = new Random(items.get(r).getEventId().hashCode());
      for (int i = 0; i < TinyModel.OUT; i++) {
        resid[r * TinyModel.OUT + i] = (float) random.nextGaussian();
      }
      for (int i = 0; i < TinyModel.IN; i++) {
        adj[r * TinyModel.IN + i] = (float) random.nextGaussian();
      }
    }
    return LowRankFactors.of(items.size(), TinyModel.OUT, TinyModel.IN, resid, adj);
  }

  @Override
  public synchronized List<Answer> ask(List<Claim> claims) {
    return claims.stream().map(this::answer).toList();
  }

  private Answer answer(Claim claim) {
    String known = knowledge.getOrDefault(claim.prompt(), "nothing");
    return new Answer(known, known.equals(claim.text()));
  }

  @Override
  public void close() {
    closed = true;
  }

  private final class Staged implements StagedEdit {
    private final WindowResult result;
    private final float[] before;
    private final Map<String, String> knownBefore;
    private boolean decided;

    Staged(WindowResult result, float[] before, Map<String, String> knownBefore) {
      this.result = result;
      this.before = before;
      this.knownBefore = knownBefore;
    }

    @Override
    public WindowResult result() {
      return result;
    }

    @Override
    public PromptTokens tokens() {
      return new PromptTokens(9, 5);
    }

    @Override
    public void commit() {
      decide();
    }

    private void decide() {
      synchronized (FakeEditor.this) {
        decided = true;
        onStage = false;
      }
    }

    @Override
    public void close() {
      synchronized (FakeEditor.this) {
        if (!decided) {
          weights = before;
          knowledge.clear();
          knowledge.putAll(knownBefore);
          decide();
        }
      }
    }
  }
}
