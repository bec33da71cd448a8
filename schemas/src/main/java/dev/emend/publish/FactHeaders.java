package dev.emend.publish;

import dev.emend.event.FactChange;
import dev.emend.event.FactOp;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;

/**
 * Headers of a fact change: CloudEvents 1.0 in the binary form of its Kafka binding, and W3C trace
 * context.
 */
public final class FactHeaders {
  /** CloudEvents type of an ASSERT. */
  public static final String TYPE_ASSERTED = "dev.emend.fact.asserted";

  /** CloudEvents type of a RETRACT. */
  public static final String TYPE_RETRACTED = "dev.emend.fact.retracted";

  /** Name of the trace header. */
  public static final String TRACEPARENT = "traceparent";

  private FactHeaders() {}

  static void add(Headers headers, FactChange change, String source, TraceParent trace) {
    put(headers, "ce_specversion", "1.0");
    put(headers, "ce_id", change.getEventId());
    put(headers, "ce_source", uriReference(source));
    put(headers, "ce_type", change.getOp() == FactOp.RETRACT ? TYPE_RETRACTED : TYPE_ASSERTED);
    put(headers, "ce_time", change.getRecordedAt().toString());
    put(headers, "content-type", "application/avro");
    put(headers, TRACEPARENT, trace.text());
  }

  /** CloudEvents wants a URI reference; a feed's name may have spaces. Slashes and colons stay. */
  private static String uriReference(String source) {
    return URLEncoder.encode(source, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("%2F", "/")
        .replace("%3A", ":");
  }

  private static void put(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
