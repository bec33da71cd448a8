package dev.emend.cli;

import dev.emend.schedule.learn.WindowCost;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What a window costs, and each fact in it: {@code 100ms+60ms}. */
final class WindowCostText implements ITypeConverter<WindowCost> {
  private final DurationText times = new DurationText();

  @Override
  public WindowCost convert(String text) {
    String[] parts = text.split("\\+", -1);
    if (parts.length != 2) {
      throw new TypeConversionException(
          "'" + text + "' is no cost; write what a window and a fact take, for example 100ms+60ms");
    }
    return new WindowCost(seconds(parts[0]), seconds(parts[1]));
  }

  private double seconds(String time) {
    return times.convert(time).toNanos() / 1e9;
  }
}
