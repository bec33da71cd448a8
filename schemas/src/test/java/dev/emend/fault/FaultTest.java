package dev.emend.fault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FaultTest {
  @Test
  void shouldStayOnOneLineAndSteerNoTerminal() {
    String quoted = "a\r\nERROR forged\u001b[2J\u0007\u0000\u009b31m\u202ereversed\u0085\u2028end";
    String message = "" + new Fault(FaultCode.FACT_INVALID, quoted).getMessage();
    assertThat(message).startsWith("a ERROR forged<001b>[2J<0007><0000><009b>31m<202e>reversed");
    assertThat(message.lines()).hasSize(1);
    assertThat(message.chars()).noneMatch(Character::isISOControl);
  }

  @Test
  void shouldNotCarryMegabytesOfWhatItQuotes() {
    String message = "" + new Fault(FaultCode.FACT_INVALID, "x".repeat(5 << 20)).getMessage();
    assertThat(message).hasSizeLessThan(4100).endsWith("(5242880 characters)");
  }

  @Test
  void shouldLeaveTextOfAnyLanguageAsItIs() {
    assertThat(new Fault(FaultCode.FACT_INVALID, "Zürich, 東京, \ud83d\ude00").getMessage())
        .isEqualTo("Zürich, 東京, \ud83d\ude00");
  }
}
