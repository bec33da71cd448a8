package dev.emend.outcome;

import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What became of some events.
 *
 * @param all in order of arrival, SCHEDULED included
 */
public record Outcomes(List<FactOutcome> all) {
  /** Copies the list. */
  public Outcomes {
    all = List.copyOf(all);
  }

  /** These and then those. */
  public Outcomes and(Outcomes later) {
    return new Outcomes(Stream.concat(all.stream(), later.all.stream()).toList());
  }

  /** The outcomes with this code. */
  public List<FactOutcome> with(OutcomeCode code) {
    return all.stream().filter(outcome -> outcome.getCode() == code).toList();
  }

  /** How many there are of each code that occurs. */
  public Map<OutcomeCode, Long> counts() {
    return all.stream()
        .collect(
            Collectors.groupingBy(
                FactOutcome::getCode,
                () -> new EnumMap<>(OutcomeCode.class),
                Collectors.counting()));
  }

  /** The highest version in which one of them took effect; 0 if none did. */
  public long lastVersion() {
    return all.stream()
        .map(FactOutcome::getVersion)
        .filter(version -> version != null)
        .mapToLong(Long::longValue)
        .max()
        .orElse(0);
  }
}
