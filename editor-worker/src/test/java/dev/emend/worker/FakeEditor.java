package dev.emend.worker;

import dev.emend.canary.Answer;
import dev.emend.canary.Claim;
import dev.emend.canary.TextReading;
import dev.emend.delta.DenseValues;
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
import dev.emend.memit.EditMode;
import dev.emend.memit.EditRecipe;
import dev.emend.memit.EditedFact;
import dev.emend.memit.PhaseTimes;
import dev.emend.memit.Rejection;
import dev.emend.memit.Target;
import dev.emend.memit.TargetMethod;
import dev.emend.memit.WindowResult;
import dev.emend.model.Precision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Edits {@link TinyModel} by factors drawn from the facts' ids, and learns what it is told. A
 * subject that begins with {@code ?} cannot be tokenised; one that begins with {@code !} breaks it.
 */
final class FakeEditor implements WindowEditor {
  /** An object that is what the model answers to every prompt that begins with "near ". */
  static final String POISON = "poison";

  private static final EditRecipe RECIPE =
      new EditRecipe(
          EditMode.FAST,
          TargetMethod.NORMALISED,
          Precision.FP32,
          List.of(0),
          10,
          0.5,
          300,
          3,
          0.5,
          3,
          true);

  private final Map<String, String> knowledge = new HashMap<>();
  private final SortedMap<String, String> events = new TreeMap<>();
  private float[] weights = new float[0];
  private boolean onStage;

  /** Permits to edit; a test that wants to hold an edit drains it. */
  final Semaphore permits = new Semaphore(1_000_000);

  final AtomicInteger stagings = new AtomicInteger();
  final AtomicInteger restores = new AtomicInteger();
  final AtomicInteger consolidations = new AtomicInteger();
  final AtomicInteger slices = new AtomicInteger();
  final AtomicInteger runsClosed = new AtomicInteger();

  /** Whether a consolidation loses what the model knew. */
  volatile boolean forgetful;

  volatile boolean closed;

  @Override
  public synchronized void restore(ModelState state, FactLedger ledger) {
    restores.incrementAndGet();
    weights = state.floats(TinyModel.TENSOR);
    onStage = false;
    knowledge.clear();
    events.clear();
    ledger.facts().forEach(f -> events.put(f.factId(), f.eventId()));
    ledger.facts().forEach(f -> knowledge.put(f.prompt().replace("{}", f.subject()), f.object()));
  }

  /** Makes the model say nothing to a prompt, as if later edits had overwritten it. */
  synchronized void forget(String prompt) {
    knowledge.remove(prompt);
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
    SortedMap<String, String> eventsBefore = new TreeMap<>(events);
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
        events.remove(item.getFactId());
        knowledge.remove(prompt);
      } else {
        written.add(edited(item.getFactId(), item.getEventId().hashCode()));
        events.put(item.getFactId(), item.getEventId());
        knowledge.put(prompt, Objects.requireNonNull(item.getObject()));
      }
    }
    if (!good.isEmpty()) {
      LowRankFactors factors = factors(good.stream().map(BatchItem::getEventId).toList());
      weights = weights.clone();
      ExactUpdate.sequential().apply(weights, TinyModel.SHAPE, factors);
      tensors.add(new TensorEdit(TinyModel.TENSOR, WeightLayout.IN_OUT, factors));
    }
    WindowResult result =
        new WindowResult(tensors, written, List.of(), retracted, rejected, PhaseTimes.ZERO);
    return new Staged(result, before, knownBefore, eventsBefore);
  }

  private static EditedFact edited(String factId, float value) {
    FloatVector vector = FloatVector.of(value);
    return new EditedFact(
        factId, new Target(vector, 0.01, 3), List.of(new LayerPair(0, vector, vector)));
  }

  private static LowRankFactors factors(List<String> eventIds) {
    float[] resid = new float[eventIds.size() * TinyModel.OUT];
    float[] adj = new float[eventIds.size() * TinyModel.IN];
    for (int r = 0; r < eventIds.size(); r++) {
      Random random = new Random(eventIds.get(r).hashCode());
      for (int i = 0; i < TinyModel.OUT; i++) {
        resid[r * TinyModel.OUT + i] = (float) random.nextGaussian();
      }
      for (int i = 0; i < TinyModel.IN; i++) {
        adj[r * TinyModel.IN + i] = (float) random.nextGaussian();
      }
    }
    return LowRankFactors.of(eventIds.size(), TinyModel.OUT, TinyModel.IN, resid, adj);
  }

  /** What the weights are after a consolidation: the base and the events of standing facts. */
  synchronized float[] consolidated(ModelState base) {
    float[] values = base.floats(TinyModel.TENSOR);
    if (!events.isEmpty()) {
      ExactUpdate.sequential()
          .apply(values, TinyModel.SHAPE, factors(List.copyOf(events.values())));
    }
    return values;
  }

  @Override
  public ConsolidationRun consolidate(ModelState base) {
    consolidations.incrementAndGet();
    return new ConsolidationRun() {
      private int left = 3;

      @Override
      public boolean done() {
        return left == 0;
      }

      @Override
      public void advance() {
        permits.acquireUninterruptibly();
        slices.incrementAndGet();
        left--;
      }

      @Override
      public StagedEdit stage() {
        return stageConsolidated(base);
      }

      @Override
      public void close() {
        runsClosed.incrementAndGet();
      }
    };
  }

  private synchronized StagedEdit stageConsolidated(ModelState base) {
    if (onStage) {
      throw new IllegalStateException("a window is on the stage already");
    }
    onStage = true;
    float[] before = weights;
    Map<String, String> knownBefore = new HashMap<>(knowledge);
    weights = consolidated(base);
    if (forgetful) {
      knowledge.clear();
    }
    List<EditedFact> moved = new ArrayList<>();
    events.forEach((factId, event) -> moved.add(edited(factId, event.hashCode() + 0.5f)));
    TensorEdit tensor =
        new TensorEdit(TinyModel.TENSOR, WeightLayout.IN_OUT, DenseValues.of(weights));
    WindowResult result =
        new WindowResult(List.of(tensor), List.of(), moved, List.of(), List.of(), PhaseTimes.ZERO);
    return new Staged(result, before, knownBefore, new TreeMap<>(events));
  }

  /** Reads two tokens of which a poisoned model finds the second unlikely. */
  @Override
  public synchronized TextReading read() {
    float likely = (float) Math.log(0.9);
    float unlikely = (float) Math.log(0.1);
    boolean poisoned = knowledge.containsValue(POISON);
    return TextReading.of(
        List.of(
            new float[] {likely, unlikely},
            poisoned ? new float[] {likely, unlikely} : new float[] {unlikely, likely}),
        List.of(0, 1));
  }

  @Override
  public double condition() {
    return 7;
  }

  @Override
  public synchronized List<Answer> ask(List<Claim> claims) {
    return claims.stream().map(this::answer).toList();
  }

  private Answer answer(Claim claim) {
    boolean neighbour = claim.prompt().startsWith("near ");
    String unasked = neighbour && knowledge.containsValue(POISON) ? POISON : "nothing";
    String known = knowledge.getOrDefault(claim.prompt(), unasked);
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
    private final SortedMap<String, String> eventsBefore;
    private boolean decided;

    Staged(
        WindowResult result,
        float[] before,
        Map<String, String> knownBefore,
        SortedMap<String, String> eventsBefore) {
      this.eventsBefore = eventsBefore;
      this.result = result;
      this.before = before;
      this.knownBefore = knownBefore;
    }

    @Override
    public WindowResult result() {
      return result;
    }

    @Override
    public EditRecipe recipe() {
      return RECIPE;
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
          events.clear();
          events.putAll(eventsBefore);
          decide();
        }
      }
    }
  }
}
