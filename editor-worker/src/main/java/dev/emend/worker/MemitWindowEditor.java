package dev.emend.worker;

import dev.emend.canary.Answer;
import dev.emend.canary.CanarySettings;
import dev.emend.canary.Claim;
import dev.emend.canary.TextReading;
import dev.emend.delta.ModelState;
import dev.emend.event.BatchItem;
import dev.emend.event.FactOp;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.ledger.FactLedger;
import dev.emend.memit.Consolidation;
import dev.emend.memit.EditRecipe;
import dev.emend.memit.EditRequest;
import dev.emend.memit.Editor;
import dev.emend.memit.StagedWindow;
import dev.emend.memit.WindowResult;
import dev.emend.model.DownProjection;
import dev.emend.model.LanguageModel;
import dev.emend.progress.Progress;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MEMIT-MASS editor as the loop's editor: one language model in native memory, whose weights
 * are what {@link #restore} and committed windows made them. Not thread-safe.
 */
public final class MemitWindowEditor implements WindowEditor {
  private static final Logger log = LoggerFactory.getLogger(MemitWindowEditor.class);

  private final LanguageModel model;
  private final Editor editor;
  private final ModelAnswerer answerer;
  private final Progress progress;
  private final KeptState kept;
  private final DriftReader drift;
  private boolean restored;
  private volatile double condition;

  /** Takes over model and editor, which must belong together, and closes them. */
  public MemitWindowEditor(LanguageModel model, Editor editor, Progress progress) {
    this(model, editor, progress, KeptState.none(), CanarySettings.DEFAULT);
  }

  /**
   * As the other, and keeps the key memory from one run to the next.
   *
   * @param kept read by {@link #restore}, written by {@link #close}
   * @param canary which text it reads
   * @throws Fault FILE_NOT_FOUND if that text cannot be read
   */
  public MemitWindowEditor(
      LanguageModel model,
      Editor editor,
      Progress progress,
      KeptState kept,
      CanarySettings canary) {
    this.drift = DriftReader.of(model, canary.driftTokens(), canary.driftText());
    this.kept = kept;
    this.model = model;
    this.editor = editor;
    this.answerer = new ModelAnswerer(model);
    this.progress = progress;
    measure();
  }

  private void measure() {
    condition = 1 / editor.health().reciprocalCondition();
  }

  /**
   * {@inheritDoc}
   *
   * @throws Fault VERSION_CHAIN if the state changes a tensor that edits of this model cannot
   */
  @Override
  public void restore(ModelState state, FactLedger ledger) {
    Set<String> changed = new HashSet<>(state.edited());
    // A snapshot holds edits in tensors that do not count as changed since it was taken.
    boolean elsewhere = state.version().version() > 0 && state.folder() != model.folder();
    List<Integer> editable = editor.settings().numbers().layers();
    for (int layer = 0; layer < model.config().layers(); layer++) {
      DownProjection weight = model.decoder().downProjection(layer);
      // Also a layer that is edited no more may hold the edits of an earlier configuration.
      if (changed.remove(weight.name()) || editable.contains(layer) || elsewhere) {
        weight.replace(state.floats(weight.name()));
      }
    }
    if (!changed.isEmpty()) {
      throw new Fault(
          FaultCode.VERSION_CHAIN,
          state + " changes " + changed + ", which are no down-projections of this model");
    }
    kept.memory()
        .ifPresentOrElse(
            file -> editor.restore(ledger.facts(), file), () -> editor.restore(ledger.facts()));
    restored = true;
    measure();
  }

  @Override
  public StagedEdit stage(List<BatchItem> items, FactLedger ledger) {
    List<EditRequest> requests = items.stream().map(MemitWindowEditor::request).toList();
    PromptTokens tokens = tokens(items);
    return new Staged(editor.stage(requests, progress), tokens, this);
  }

  private static EditRequest request(BatchItem item) {
    return item.getOp() == FactOp.RETRACT
        ? new EditRequest.Retract(item.getFactId())
        : new EditRequest.Assert(
            item.getFactId(),
            item.getPrompt(),
            item.getSubject(),
            Objects.requireNonNull(item.getObject(), "an asserted fact has an object"));
  }

  private PromptTokens tokens(List<BatchItem> items) {
    long total = 0;
    int longest = 0;
    for (BatchItem item : items) {
      String object = item.getObject() == null ? "" : " " + item.getObject();
      String text = item.getPrompt().replace("{}", item.getSubject()) + object;
      int length = model.tokenizer().encode(text).ids().length();
      total += length;
      longest = Math.max(longest, length);
    }
    return new PromptTokens(total, longest);
  }

  @Override
  public ConsolidationRun consolidate(ModelState base) {
    return new Run(editor.consolidation(projection -> base.floats(projection.name())));
  }

  @Override
  public List<Answer> ask(List<Claim> claims) {
    return answerer.ask(claims);
  }

  @Override
  public TextReading read() {
    return drift.read();
  }

  @Override
  public void close() {
    if (restored) {
      kept.memory().ifPresent(this::keep);
    }
    editor.close();
    model.close();
  }

  private void keep(Path file) {
    try {
      editor.keep(file);
    } catch (Fault e) {
      log.warn("the next start computes the key memory: {}", e.getMessage());
    }
  }

  private final class Run implements ConsolidationRun {
    private final Consolidation consolidation;

    Run(Consolidation consolidation) {
      this.consolidation = consolidation;
    }

    @Override
    public boolean done() {
      return consolidation.done();
    }

    @Override
    public void advance() {
      consolidation.advance();
    }

    @Override
    public StagedEdit stage() {
      return new Staged(
          editor.stage(consolidation), new PromptTokens(0, 0), MemitWindowEditor.this);
    }

    @Override
    public void close() {
      consolidation.close();
    }
  }

  @Override
  public double condition() {
    return condition;
  }

  private record Staged(StagedWindow window, PromptTokens tokens, MemitWindowEditor owner)
      implements StagedEdit {
    @Override
    public WindowResult result() {
      return window.result();
    }

    @Override
    public void commit() {
      window.commit();
      owner.measure();
    }

    @Override
    public EditRecipe recipe() {
      return owner.editor.recipe();
    }

    @Override
    public void close() {
      window.close();
    }
  }
}
