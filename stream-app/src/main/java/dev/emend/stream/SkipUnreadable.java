package dev.emend.stream;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What to do with an unreadable record of the feedback or outcomes topic: note it and go on, for
 * these only inform. A registry that is away is another matter: then the thread fails and tries
 * again. Records of the facts topic never come here, see {@link DecodeStage}.
 */
public final class SkipUnreadable implements DeserializationExceptionHandler {
  /** Under this name the handler finds the meters in the configuration. */
  static final String METERS = "emend.stream.meters";

  private static final Logger LOG = LoggerFactory.getLogger(SkipUnreadable.class);

  private @Nullable StreamMeters meters;

  /** For Kafka. */
  public SkipUnreadable() {}

  @Override
  public void configure(Map<String, ?> configs) {
    meters = (StreamMeters) configs.get(METERS);
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
    if (exception instanceof Fault fault && fault.code().kind() == FaultCode.Kind.RETRIABLE) {
      return Response.fail();
    }
    LOG.warn(
        "Skipping {}-{} at {}: {}",
        record.topic(),
        record.partition(),
        record.offset(),
        exception.getMessage());
    if (meters != null) {
      meters.skipped(record.topic());
    }
    return Response.resume();
  }
}
