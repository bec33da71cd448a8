package dev.emend.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.emend.event.FactChange;
import dev.emend.event.FactOp;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.topic.Connection;
import dev.emend.topic.Topics;
import dev.emend.wire.AvroSerializer;
import dev.emend.wire.FakeRegistry;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FactPublisherTest {
  private static final TraceParent TRACE =
      new TraceParent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

  private final FakeRegistry registry = new FakeRegistry();
  private final MockProducer<String, FactChange> producer =
      new MockProducer<>(
          false, null, new StringSerializer(), new AvroSerializer<>(registry.client()));
  private final FactPublisher publisher =
      FactPublisher.to(Connection.to("localhost:1", registry.url()))
          .source("my feed")
          .topics(Topics.named("p."))
          .clock(() -> Facts.NOW)
          .traces(() -> TRACE)
          .openWith(producer);

  @AfterEach
  void close() {
    publisher.close();
    registry.close();
  }

  private static Map<String, String> headers(ProducerRecord<String, FactChange> record) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
    }
    return headers;
  }

  private void send(FactChange.Builder change, TraceParent trace) {
    assertThat(publisher.publish(change.build(), trace)).isNotDone();
  }

  private static Fault fault(CompletableFuture<?> future) {
    return FactPublisher.unwrap(catchThrowable(future::join));
  }

  @Test
  void shouldSendTheChangeUnderTheKeyOfItsFact() {
    FactChange change = Facts.change("e1").build();
    CompletableFuture<Published> sent = publisher.publish(change);

    assertThat(sent).isNotDone();
    producer.completeNext();

    ProducerRecord<String, FactChange> record = producer.history().get(0);
    assertThat(record.topic()).isEqualTo("p.emend.facts");
    assertThat(record.key()).isEqualTo("m|Danielle Darrieux|mother tongue");
    assertThat(record.value().getSource()).isEqualTo("my feed");
    assertThat(FactChange.newBuilder(record.value()).setSource("").build()).isEqualTo(change);
    assertThat(sent.join().eventId()).isEqualTo("e1");
    assertThat(sent.join().trace()).isEqualTo(TRACE);
  }

  @Test
  void shouldDescribeTheEventInCloudEventsAndTraceHeaders() {
    send(Facts.change("e1"), TRACE);
    send(Facts.change("e2").setOp(FactOp.RETRACT).setSource("https://feed.example/a b"), TRACE);

    assertThat(headers(producer.history().get(0)))
        .isEqualTo(
            Map.of(
                "ce_specversion", "1.0",
                "ce_id", "e1",
                "ce_source", "my%20feed",
                "ce_type", "dev.emend.fact.asserted",
                "ce_time", "2026-03-04T05:06:07Z",
                "content-type", "application/avro",
                "traceparent", TRACE.text()));
    assertThat(headers(producer.history().get(1)))
        .containsEntry("ce_type", "dev.emend.fact.retracted")
        .containsEntry("ce_source", "https://feed.example/a%20b");
  }

  @Test
  void shouldContinueATraceThatIsPassed() {
    TraceParent mine = TraceParent.random().get();
    send(Facts.change("e1"), mine);

    assertThat(headers(producer.history().get(0))).containsEntry("traceparent", mine.text());
  }

  @Test
  void shouldNotSendAChangeThatBreaksARule() {
    Fault fault = fault(publisher.publish(Facts.change("e1").setObject("").build()));

    assertThat(fault.code()).isEqualTo(FaultCode.FACT_INVALID);
    assertThat(fault).hasMessageContaining("'e1'").hasMessageContaining("OBJECT_EMPTY");
    assertThat(producer.history()).isEmpty();
  }

  @Test
  void shouldSayWhetherAFailureMayPass() {
    CompletableFuture<Published> slow = publisher.publish(Facts.change("e1").build());
    producer.errorNext(new TimeoutException("too slow"));
    CompletableFuture<Published> forbidden = publisher.publish(Facts.change("e2").build());
    producer.errorNext(new AuthorizationException("not you"));

    assertThat(fault(slow).code()).isEqualTo(FaultCode.BROKER_UNAVAILABLE);
    assertThat(fault(forbidden).code()).isEqualTo(FaultCode.BROKER_REFUSED);
    assertThat(fault(forbidden)).hasMessageContaining("'e2'").hasMessageContaining("not you");
  }

  @Test
  void shouldFailWithARetriableFaultWhenTheRegistryIsDown() {
    registry.close();

    assertThat(fault(publisher.publish(Facts.change("e1").build())).code())
        .isEqualTo(FaultCode.REGISTRY_UNAVAILABLE);
  }

  @Test
  void shouldPublishTheGoodOnesOfManyAndNameTheBad() {
    CompletableFuture<BulkResult> all =
        publisher.publishAll(
            List.of(
                Facts.change("e1").build(),
                Facts.change("bad").setSubject("").build(),
                Facts.change("e2").build()));
    assertThat(all).isNotDone();
    publisher.flush();

    BulkResult result = all.join();
    assertThat(result.published()).extracting(Published::eventId).containsExactly("e1", "e2");
    assertThat(result.failed()).containsOnlyKeys("bad");
  }

  @Test
  void shouldRefuseTracesThatTheRecommendationForbids() {
    for (String text :
        List.of(
            "",
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")) {
      assertThat(catchThrowable(() -> new TraceParent(text)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
