package dev.emend.version;

import dev.emend.delta.ModelVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the aliases of a model point: {@code canary} at its newest version, {@code live} at the
 * newest that has proved itself. Immutable.
 *
 * @param live version that {@code live} points to; the base model's before it points anywhere
 * @param soaking versions behind it, oldest first, no gap
 * @param hold why {@code live} does not go on, if a soak failed
 */
public record Aliases(ModelVersion live, List<VersionMark> soaking, Optional<Hold> hold) {
  /** Copies the list and refuses gaps. */
  public Aliases {
    Objects.requireNonNull(live, "live");
    soaking = List.copyOf(soaking);
    Objects.requireNonNull(hold, "hold");
    for (int i = 0; i < soaking.size(); i++) {
      if (soaking.get(i).number() != live.version() + 1 + i) {
        throw new IllegalArgumentException(
            "version %d at place %d behind %d"
                .formatted(soaking.get(i).number(), i, live.version()));
      }
    }
  }

  /** Both at the base model. */
  public static Aliases at(ModelVersion base) {
    return new Aliases(base, List.of(), Optional.empty());
  }

  /** Where {@code canary} points. */
  public ModelVersion canary() {
    return soaking.isEmpty() ? live : soaking.get(soaking.size() - 1).version();
  }

  /** How many versions {@code live} is behind {@code canary}. */
  public int lag() {
    return soaking.size();
  }

  /** The version of that number among those that soak. */
  public Optional<VersionMark> soaking(long number) {
    return soaking.stream().filter(mark -> mark.number() == number).findFirst();
  }

  /** A new version, which {@code canary} points to from now on. */
  public Aliases published(VersionMark mark) {
    List<VersionMark> next = new ArrayList<>(soaking);
    next.add(mark);
    return new Aliases(live, next, hold);
  }

  /**
   * {@code live} goes on to a version that soaks, and nothing holds it any longer.
   *
   * @throws IllegalArgumentException if that version does not soak
   */
  public Aliases promoted(long number) {
    VersionMark mark =
        soaking(number)
            .orElseThrow(
                () -> new IllegalArgumentException("version " + number + " does not soak"));
    List<VersionMark> rest = soaking.stream().filter(other -> other.number() > number).toList();
    return new Aliases(mark.version(), rest, Optional.empty());
  }

  /** {@code live} stays where it is. */
  public Aliases held(Hold because) {
    return new Aliases(live, soaking, Optional.of(because));
  }
}
