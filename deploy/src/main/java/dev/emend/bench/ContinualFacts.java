package dev.emend.bench;

import dev.emend.dataset.DatasetReader;
import dev.emend.dataset.EditCase;
import dev.emend.evaluate.CaseSelection;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.memit.EditRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * An endless stream of changes of a few facts, told in turn: their new objects in one round, their
 * true ones in the next. So every change but the first of a fact overwrites an older one.
 */
final class ContinualFacts {
  private final List<EditCase> pool;
  private final int window;

  private ContinualFacts(List<EditCase> pool, int window) {
    this.pool = List.copyOf(pool);
    this.window = window;
  }

  /**
   * The first cases of a data set with a new and a true object, one a subject.
   *
   * @param size at most so many
   * @param window facts of a window
   * @throws Fault USAGE if they do not fill one window
   */
  static ContinualFacts of(Path file, int size, int window) {
    Set<String> subjects = new HashSet<>();
    List<EditCase> pool =
        DatasetReader.readAll(file).stream()
            .filter(edit -> edit.object() != null && edit.groundTruth() != null)
            .filter(edit -> subjects.add(edit.subject()))
            .limit(size)
            .toList();
    if (pool.size() < window) {
      throw new Fault(FaultCode.USAGE, file + " holds too few cases with a new and a true object");
    }
    return new ContinualFacts(pool, window);
  }

  /** What window {@code number}, from 0, is about. */
  List<EditRequest> window(int number) {
    List<EditRequest> requests = new ArrayList<>();
    for (int i = 0; i < window; i++) {
      int turn = number * window + i;
      EditCase edit = pool.get(turn % pool.size());
      boolean fresh = turn / pool.size() % 2 == 0;
      String object = Objects.requireNonNull(fresh ? edit.object() : edit.groundTruth());
      requests.add(
          new EditRequest.Assert(
              CaseSelection.factId(edit), edit.prompt(), edit.subject(), object));
    }
    return requests;
  }
}
