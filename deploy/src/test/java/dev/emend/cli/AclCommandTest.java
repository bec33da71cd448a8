package dev.emend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AclCommandTest {

  @Test
  void shouldPrintWhatAPrincipalNeedsAndHowMuchItMaySend() {
    CommandRun run = CommandRun.of("acl", "--publisher", "User:news", "--publisher-rate", "100KB");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("kafka-acls.sh", "--allow-principal 'User:news' --operation Write")
        .contains("--entity-name 'news'")
        .contains("--add-config producer_byte_rate=102400");
  }

  @Test
  void shouldLimitUsersOnly() {
    CommandRun run = CommandRun.of("acl", "--publisher", "Group:news", "--publisher-rate", "1MB");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("Group:news");
  }

  @Test
  void shouldRefuseARateOfNothing() {
    CommandRun run = CommandRun.of("acl", "--publisher", "User:news", "--publisher-rate", "0B");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--publisher-rate");
  }
}
