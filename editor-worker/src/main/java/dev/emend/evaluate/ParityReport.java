package dev.emend.evaluate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How close we come to the figures of the public implementations.
 *
 * @param fixtures one entry a folder, by name
 */
public record ParityReport(List<Fixture> fixtures) {
  /** Copies the list. */
  public ParityReport {
    fixtures = List.copyOf(fixtures);
  }

  /** Whether every quantity of every supported fixture passes, and there is at least one. */
  public boolean passed() {
    List<Quantity> all = fixtures.stream().flatMap(f -> f.quantities().stream()).toList();
    return !all.isEmpty() && all.stream().allMatch(q -> q.verdict() == Verdict.PASS);
  }

  /**
   * One folder.
   *
   * @param name of the folder
   * @param unsupported why it was not checked; null if it was
   * @param quantities what was compared; empty if nothing was
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Fixture(String name, @Nullable String unsupported, List<Quantity> quantities) {
    /** Copies the list. */
    public Fixture {
      quantities = List.copyOf(quantities);
    }
  }

  /**
   * One compared quantity.
   *
   * @param name what it is, a layer's index after a dot
   * @param error largest or relative distance, see the fixture format
   * @param tolerance largest error that passes
   * @param verdict whether it passes
   * @param note how it was compared, where that needs saying; null otherwise
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Quantity(
      String name, double error, double tolerance, Verdict verdict, @Nullable String note) {
    /** Judges an error; one that is not a number fails. */
    static Quantity of(String name, double error, double tolerance) {
      Verdict verdict = error <= tolerance ? Verdict.PASS : Verdict.FAIL;
      return new Quantity(name, error, tolerance, verdict, null);
    }

    /** The same with a note. */
    Quantity noting(String text) {
      return new Quantity(name, error, tolerance, verdict, text);
    }
  }

  /** Whether a quantity is close enough. */
  public enum Verdict {
    /** Within the tolerance. */
    @JsonProperty("pass")
    PASS,
    /** Outside it. */
    @JsonProperty("fail")
    FAIL
  }
}
