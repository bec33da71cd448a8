package dev.emend.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.MockAdminClient;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TopicCreatorTest {
  private final MockAdminClient admin = MockAdminClient.create().numBrokers(1).build();
  private final TopicCreator creator = new TopicCreator(admin, Duration.ofSeconds(5));

  @AfterEach
  void close() {
    admin.close();
  }

  @Test
  void shouldCreateAllTopicsOnceAndThenFindNoDifference() {
    Topics topics = Topics.named("t1.");

    assertThat(creator.ensure(topics).created()).isEqualTo(topics.names());
    assertThat(creator.ensure(topics)).isEqualTo(new TopicReport(List.of(), List.of()));
    assertThat(topics.names()).contains("t1.emend.facts", "t1.emend.facts.dlq");
  }

  @Test
  void shouldReportHowAnExistingTopicDiffersAndLeaveItAlone() throws Exception {
    admin
        .createTopics(
            List.of(
                new NewTopic("emend.heads", 2, (short) 1)
                    .configs(
                        Map.of(
                            "cleanup.policy", "delete",
                            "retention.ms", "-1",
                            "max.message.bytes", "1048576"))))
        .all()
        .get();

    TopicReport report = creator.ensure(Topics.standard());

    assertThat(report.created()).doesNotContain("emend.heads").contains("emend.facts");
    assertThat(report.differences())
        .containsExactlyInAnyOrder(
            new TopicDifference("emend.heads", "partitions", "1", "2"),
            new TopicDifference("emend.heads", "cleanup.policy", "compact", "delete"));
  }

  @Test
  void shouldWaitForATopicThatIsNotKnownYetButNotForEver() {
    creator.ensure(Topics.standard());
    admin.markTopicForDeletion("emend.heads");
    TopicCreator hasty = new TopicCreator(admin, Duration.ofMillis(300));

    Fault fault = catchThrowableOfType(Fault.class, () -> hasty.ensure(Topics.standard()));

    assertThat(fault.code()).isEqualTo(FaultCode.BROKER_UNAVAILABLE);
    assertThat(fault).hasMessageContaining("describe topics");
  }

  @Test
  void shouldSayThatTheBrokerDoesNotAnswer() {
    admin.timeoutNextRequest(1);

    Fault fault = catchThrowableOfType(Fault.class, () -> creator.ensure(Topics.standard()));

    assertThat(fault.code()).isEqualTo(FaultCode.BROKER_UNAVAILABLE);
    assertThat(fault).hasMessageContaining("emend.facts");
  }

  @Test
  void shouldRefuseAPrefixThatKafkaDoesNotTake() {
    Fault fault = catchThrowableOfType(Fault.class, () -> Topics.named("a b"));

    assertThat(fault.code()).isEqualTo(FaultCode.USAGE);
  }
}
