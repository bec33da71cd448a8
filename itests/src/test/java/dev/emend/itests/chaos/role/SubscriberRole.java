package dev.emend.itests.chaos.role;

import dev.emend.delta.ModelState;
import dev.emend.fault.Fault;
import dev.emend.subscribe.ModelSubscriber;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Subscribers of all models, each with a folder that it keeps current. */
final class SubscriberRole implements Role {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Map<String, ModelSubscriber> subscribers = new LinkedHashMap<>();

  public static void main(String[] arguments) {
    RoleProcess.live(arguments, SubscriberRole::start);
  }

  private static Role start(RoleSettings settings) {
    SubscriberRole role = new SubscriberRole();
    for (String model : settings.models()) {
      role.subscribers.put(
          model,
          ModelSubscriber.of(model, settings.path("base"))
              .keep(settings.path("kept").resolve(model))
              .start(settings.connection()));
    }
    return role;
  }

  @Override
  public Optional<String> broken() {
    return subscribers.values().stream()
        .map(ModelSubscriber::fault)
        .flatMap(Optional::stream)
        .map(Fault::toString)
        .findFirst();
  }

  /** {@code dump MODEL VERSION FOLDER}, once the version is served. */
  @Override
  public String answer(String[] command) throws Exception {
    ModelSubscriber subscriber = subscribers.get(command[1]);
    if (subscriber == null) {
      return "no model " + command[1];
    }
    subscriber.awaitVersion(Long.parseLong(command[2]), PATIENCE);
    ModelState state = subscriber.current();
    for (String tensor : state.edited()) {
      WeightFile.write(Path.of(command[3]), tensor, state.floats(tensor));
    }
    return Long.toString(state.version().version());
  }

  @Override
  public void close() {
    subscribers.values().forEach(ModelSubscriber::close);
  }
}
