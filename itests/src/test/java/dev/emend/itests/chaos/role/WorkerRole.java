package dev.emend.itests.chaos.role;

import static org.awaitility.Awaitility.await;

import dev.emend.canary.GateScore;
import dev.emend.delta.ModelState;
import dev.emend.evaluate.ModelEditors;
import dev.emend.memit.EditOverrides;
import dev.emend.model.DownProjection;
import dev.emend.model.LanguageModel;
import dev.emend.model.ModelOptions;
import dev.emend.progress.Progress;
import dev.emend.worker.CommitDoom;
import dev.emend.worker.EditorWorker;
import dev.emend.worker.KeptState;
import dev.emend.worker.MemitWindowEditor;
import dev.emend.worker.WorkerConfig;
import dev.emend.worker.WorkerDoor;
import dev.emend.worker.WorkerHealth;
import dev.emend.worker.WorkerHealth.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.core.ConditionTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker for each model, in one process. */
final class WorkerRole implements Role {
  private static final Logger log = LoggerFactory.getLogger(WorkerRole.class);
  private static final String CONFIG = "worker.";

  /** Longer than a dead member keeps its partitions. */
  private static final Duration STANDBY_AFTER = Duration.ofSeconds(20);

  private static final Duration SETTLED = Duration.ofMillis(300);
  private static final Duration LOOK = Duration.ofMillis(10);

  private final Map<String, Desk> desks = new LinkedHashMap<>();

  /** One worker with the weights that it edits in place. */
  private record Desk(EditorWorker worker, LanguageModel model) {}

  public static void main(String[] arguments) {
    RoleProcess.live(arguments, WorkerRole::start);
  }

  private static Role start(RoleSettings settings) {
    WorkerRole role = new WorkerRole();
    CommitDoom doom =
        new CommitDoom(
            Long.parseLong(settings.text("doom.seed")) + ProcessHandle.current().pid(),
            Double.parseDouble(settings.text("doom.share")));
    for (String name : settings.models()) {
      role.desks.put(name, desk(settings, name, doom));
    }
    role.desks.values().forEach(desk -> desk.worker().start());
    role.awaitPlace();
    return role;
  }

  private static Desk desk(RoleSettings settings, String name, CommitDoom doom) {
    LanguageModel model = LanguageModel.open(settings.path("base"), ModelOptions.threads(1));
    WorkerConfig config = config(settings, name);
    KeptState kept = KeptState.in(settings.path("kept").resolve(name));
    MemitWindowEditor editor =
        new MemitWindowEditor(
            model,
            ModelEditors.open(model, EditOverrides.NONE, Optional.empty(), Progress.NONE),
            Progress.NONE,
            kept,
            config.canary());
    EditorWorker worker =
        WorkerDoor.mortal(
            config,
            settings.connection(),
            ModelState.open(name, model.folder()),
            editor,
            kept,
            doom,
            Boolean.parseBoolean(settings.text("transactions")));
    return new Desk(worker, model);
  }

  private static WorkerConfig config(RoleSettings settings, String model) {
    Map<String, String> given = new LinkedHashMap<>();
    given.put("model", model);
    given.put("member", settings.text("member"));
    // Made-up facts on a small model need not take; what is tested is that none is lost.
    for (GateScore score : GateScore.values()) {
      given.put("gate." + score.label(), "off");
    }
    settings
        .harness()
        .forEach(
            (key, value) -> {
              if (key.startsWith(CONFIG)) {
                given.put(key.substring(CONFIG.length()), value);
              }
            });
    return WorkerConfig.from(given);
  }

  /** Until models are live here, or it is plain that others have them and this is a standby. */
  private void awaitPlace() {
    try {
      await("a place")
          .atMost(STANDBY_AFTER)
          .pollInterval(LOOK)
          .during(SETTLED)
          .until(() -> broken().isPresent() || settled());
    } catch (ConditionTimeoutException e) {
      log.info("a standby: others have the models");
    }
  }

  private boolean settled() {
    return models(State.RECOVERING).isEmpty() && !models(State.IDLE, State.EDITING).isEmpty();
  }

  private List<String> models(State... states) {
    return desks.entrySet().stream()
        .filter(desk -> List.of(states).contains(desk.getValue().worker().health().state()))
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public String place() {
    return String.join(",", models(State.IDLE, State.EDITING));
  }

  @Override
  public Optional<String> broken() {
    return desks.values().stream()
        .map(desk -> desk.worker().health())
        .filter(health -> health.state() == State.FAILED)
        .map(WorkerHealth::toString)
        .findFirst();
  }

  /** {@code dump MODEL FOLDER}: the weights in native memory, if the model is live here. */
  @Override
  public String answer(String[] command) throws Exception {
    if (command[0].equals("place")) {
      return place();
    }
    Desk desk = desks.get(command[1]);
    if (desk == null || desk.worker().health().state() != State.IDLE) {
      return "standby";
    }
    for (int layer = 0; layer < desk.model().config().layers(); layer++) {
      DownProjection weight = desk.model().decoder().downProjection(layer);
      WeightFile.write(Path.of(command[2]), weight.name(), weight.values());
    }
    return desk.worker().live().map(version -> "live " + version.version()).orElse("standby");
  }

  @Override
  public void close() {
    desks.values().forEach(desk -> desk.worker().close());
  }
}
