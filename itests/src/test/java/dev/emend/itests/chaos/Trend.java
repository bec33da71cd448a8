package dev.emend.itests.chaos;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.emend.itests.chaos.system.Vitals.Sample;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * How something went from the middle third of a time to its last: the first third is for warming
 * up.
 *
 * @param middle mean of the middle third
 * @param last mean of the last third
 * @param most the highest value at any time
 */
record Trend(double middle, double last, long most) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int THIRDS = 3;

  /** The trend of a value of one process or folder between two seconds. */
  static Trend of(
      List<Sample> samples, String name, double from, double to, ToLongFunction<Sample> value) {
    List<Sample> own = samples.stream().filter(s -> s.name().equals(name)).toList();
    double third = (to - from) / THIRDS;
    return new Trend(
        mean(own, from + third, to - third, value),
        mean(own, to - third, to, value),
        own.stream().mapToLong(value).max().orElse(0));
  }

  private static double mean(
      List<Sample> samples, double from, double to, ToLongFunction<Sample> value) {
    return samples.stream()
        .filter(sample -> sample.second() >= from && sample.second() < to)
        .mapToLong(value)
        .average()
        .orElse(0);
  }

  /** Whether the last third is not above the middle one by more than a share and an amount. */
  boolean flat(double share, double amount) {
    return last <= middle * (1 + share) + amount;
  }

  ObjectNode json() {
    return JSON.createObjectNode()
        .put("middle", Math.round(middle))
        .put("last", Math.round(last))
        .put("most", most);
  }
}
