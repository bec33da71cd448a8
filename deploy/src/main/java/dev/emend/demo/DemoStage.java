package dev.emend.demo;

import dev.emend.local.LocalStack;
import dev.emend.local.LocalStackOptions;
import dev.emend.local.Parts;
import dev.emend.progress.Progress;
import dev.emend.service.EmendService;
import dev.emend.service.ServiceOptions;
import dev.emend.subscribe.ModelSubscriber;
import dev.emend.topic.Connection;
import dev.emend.topic.Topics;
import java.nio.file.Path;

/**
 * Everything that plays: a broker and a registry of their own, both apps, and a subscriber that
 * knows only the base model.
 */
record DemoStage(
    LocalStack stack, Connection connection, EmendService service, ModelSubscriber subscriber) {
  static final String MODEL = "shipped";
  static final Topics TOPICS = Topics.standard();

  /** Starts all of it; {@code parts} takes charge. */
  static DemoStage start(Path base, ServedTimes times, Parts parts, Progress progress) {
    LocalStack stack = parts.add(LocalStack.start(LocalStackOptions.temporary()));
    Connection connection = Connection.to(stack.bootstrapServers(), stack.registryUrl().toString());
    ServiceOptions options =
        new ServiceOptions(connection, TOPICS, MODEL, base, stack.folder().resolve("state"), 0, 0);
    EmendService service = parts.add(EmendService.start(options, progress));
    ModelSubscriber subscriber =
        parts.add(ModelSubscriber.of(MODEL, base).topics(TOPICS).listener(times).start(connection));
    return new DemoStage(stack, connection, service, subscriber);
  }
}
