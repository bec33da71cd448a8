package dev.emend.method;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The methods that can be compared. */
public enum MethodName {
  /** One MEMIT update for a whole window, keys of earlier windows remembered: {@link MemitMass}. */
  MEMIT_MASS,
  /** MEMIT called again and again without a memory of keys: {@link SequentialMemit}. */
  MEMIT_SEQUENTIAL,
  /** A rank-one update an edit in one layer: {@link Rome}. */
  ROME,
  /** MEMIT's layer loop projected on the null space of the statistics: {@link AlphaEdit}. */
  ALPHAEDIT,
  /** Gradient descent on the edited matrices themselves: {@link FineTuning}. */
  FINETUNE;

  /** The name on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The method of that name.
   *
   * @throws Fault USAGE if there is none
   */
  public static MethodName of(String label) {
    return Arrays.stream(values())
        .filter(method -> method.label().equals(label.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () -> new Fault(FaultCode.USAGE, "no method " + label + "; there are " + labels()));
  }

  /** All names on the command line. */
  public static String labels() {
    return Arrays.stream(values()).map(MethodName::label).collect(Collectors.joining(", "));
  }
}
