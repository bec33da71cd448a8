package dev.emend.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.size.ByteSize;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MemoryBudgetTest {
  private static final MemoryNeed NEED =
      MemoryNeed.NONE.and("weights", 3 << 20).and("logits", 1 << 20).and("weights", 1 << 20);

  @Test
  void shouldAddUpParts() {
    assertThat(NEED.total()).isEqualTo(ByteSize.parse("5MB"));
    assertThat(NEED).hasToString("weights 4.0 MB, logits 1.0 MB");
    assertThat(MemoryNeed.NONE.total().bytes()).isZero();
  }

  @Test
  void shouldCountWhatIsOccupiedAlready() {
    assertThat(MemoryBudget.of(ByteSize.parse("12MB"), () -> 7 << 20).fits(NEED)).isTrue();
    assertThat(MemoryBudget.of(ByteSize.parse("11MB"), () -> 7 << 20).fits(NEED)).isFalse();
    assertThat(MemoryBudget.of(ByteSize.parse("1MB"), () -> 7 << 20).fits(MemoryNeed.NONE))
        .as("beyond the limit already")
        .isFalse();
  }

  @Test
  void shouldRefuseWithTheFigures() {
    MemoryBudget budget = MemoryBudget.of(ByteSize.parse("8MB"), () -> 7 << 20);
    assertThatThrownBy(() -> budget.require("a window of 9 facts", NEED, "use smaller windows"))
        .hasMessage(
            "a window of 9 facts would need 5.0 MB beside the 7.0 MB in use, above the limit of"
                + " 8.0 MB (weights 4.0 MB, logits 1.0 MB); use smaller windows")
        .isInstanceOfSatisfying(
            Fault.class, fault -> assertThat(fault.code()).isEqualTo(FaultCode.MEMORY_EXCEEDED));
  }

  @Test
  void shouldAllowEverythingWithoutALimit() {
    MemoryBudget none = MemoryBudget.of(Optional.empty());
    none.require("anything", MemoryNeed.NONE.and("all", Long.MAX_VALUE / 2), "nothing");
    assertThat(none.isLimited()).isFalse();
    assertThat(MemoryBudget.of(Optional.of(ByteSize.parse("1KB"))).fits(NEED)).isFalse();
  }
}
