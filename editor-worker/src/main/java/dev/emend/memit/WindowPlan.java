package dev.emend.memit;

import dev.emend.fault.RejectReason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A window sorted out before anything is touched.
 *
 * @param released standing facts to take out: retracted, overwritten, and those written anew with
 *     another fact of their subject
 * @param retracted the retracted ones among them
 * @param written what to write
 * @param rejected what cannot be edited
 */
record WindowPlan(
    List<String> released,
    List<String> retracted,
    List<Planned> written,
    List<Rejection> rejected) {

  /**
   * A fact to write.
   *
   * @param fact what to say
   * @param tokens how the model reads it
   * @param companion whether it stands already and nobody asked for it: it shares its subject with
   *     a fact that changes
   */
  record Planned(EditRequest.Assert fact, EditTokens tokens, boolean companion) {
    String factId() {
      return fact.factId();
    }
  }

  WindowPlan {
    released = List.copyOf(released);
    retracted = List.copyOf(retracted);
    written = List.copyOf(written);
    rejected = List.copyOf(rejected);
  }

  /** Sorts requests by what stands and by what the reader can read. */
  static WindowPlan of(List<EditRequest> requests, StandingTargets standing, FactReader reader) {
    return new Sorting(standing, reader).sort(requests);
  }

  List<EditTokens> tokens() {
    return written.stream().map(Planned::tokens).toList();
  }

  List<String> factIds() {
    return written.stream().map(Planned::factId).toList();
  }

  List<String> subjects() {
    return written.stream().map(planned -> planned.fact().subject()).toList();
  }

  /** Some of what is written, by place, and nothing else. */
  WindowPlan only(List<Integer> places) {
    return new WindowPlan(
        List.of(), List.of(), places.stream().map(written::get).toList(), List.of());
  }

  /** The plan without facts that turned out to be uneditable; companions stay as they stand. */
  WindowPlan without(Collection<Integer> uneditable, RejectReason reason, String detail) {
    List<Planned> left = new ArrayList<>();
    Set<String> kept = new HashSet<>(released);
    List<Rejection> refused = new ArrayList<>(rejected);
    for (int i = 0; i < written.size(); i++) {
      Planned planned = written.get(i);
      if (!uneditable.contains(i)) {
        left.add(planned);
      } else {
        kept.remove(planned.factId());
        if (!planned.companion()) {
          refused.add(new Rejection(planned.factId(), reason, detail));
        }
      }
    }
    return new WindowPlan(
        released.stream().filter(kept::contains).toList(), retracted, left, refused);
  }

  /** The sorting of one window. */
  private static final class Sorting {
    private final StandingTargets standing;
    private final FactReader reader;
    private final List<String> released = new ArrayList<>();
    private final List<String> retracted = new ArrayList<>();
    private final List<Planned> written = new ArrayList<>();
    private final List<Rejection> rejected = new ArrayList<>();
    private final Set<String> subjects = new TreeSet<>();

    Sorting(StandingTargets standing, FactReader reader) {
      this.standing = standing;
      this.reader = reader;
    }

    WindowPlan sort(List<EditRequest> requests) {
      Set<String> asked = new HashSet<>();
      for (EditRequest request : requests) {
        asked.add(request.factId());
        if (request instanceof EditRequest.Assert fact) {
          write(fact);
        } else {
          retract(request.factId());
        }
      }
      for (String subject : subjects) {
        standing.about(subject).stream()
            .filter(other -> !asked.contains(other.factId()))
            .forEach(other -> accompany(other.fact()));
      }
      return new WindowPlan(released, retracted, written, rejected);
    }

    private void write(EditRequest.Assert fact) {
      ReadFact read = reader.read(fact);
      if (read instanceof ReadFact.Usable usable) {
        written.add(new Planned(fact, usable.tokens(), false));
        subjects.add(fact.subject());
        standing.find(fact.factId()).ifPresent(this::release);
      } else if (read instanceof ReadFact.Unusable unusable) {
        rejected.add(new Rejection(fact.factId(), unusable.reason(), unusable.detail()));
      }
    }

    /** Overwriting may change the subject's spelling: then both subjects' facts are concerned. */
    private void release(StandingTarget old) {
      released.add(old.factId());
      subjects.add(old.fact().subject());
    }

    private void retract(String factId) {
      standing
          .find(factId)
          .ifPresentOrElse(
              old -> {
                release(old);
                retracted.add(factId);
              },
              () ->
                  rejected.add(
                      new Rejection(
                          factId,
                          RejectReason.NOTHING_TO_RETRACT,
                          "the model was never told this fact")));
    }

    /** What cannot be read any more, under other settings, stays as it stands. */
    private void accompany(EditRequest.Assert fact) {
      if (reader.read(fact) instanceof ReadFact.Usable usable) {
        written.add(new Planned(fact, usable.tokens(), true));
        released.add(fact.factId());
      }
    }
  }
}
