package dev.emend.schedule.simulate;

import dev.emend.schedule.Decision;
import dev.emend.schedule.Report;
import dev.emend.schedule.Waiting;
import dev.emend.schedule.WaitingRoom;
import dev.emend.schedule.WindowScheduler;
import dev.emend.schedule.WindowShape;
import dev.emend.schedule.WorkerState;
import dev.emend.schedule.learn.Observation;
import dev.emend.schedule.learn.WindowLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** One stream of facts through one scheduler to one worker. Used once. */
final class Simulation {
  private static final int LEAST_TOKENS = 8;
  private static final int MORE_TOKENS = 12;
  private static final int LETTERS_PER_TOKEN = 4;

  private final Agenda agenda = new Agenda();
  private final WaitingRoom room = new WaitingRoom();
  private final WindowScheduler scheduler;
  private final SimulatedWorker worker;
  private final Setting setting;
  private final DoubleUnaryOperator speed;
  private final Tape tape = new Tape();
  private final Random lengths;
  private long arrivals;
  private long sequence = 1;
  private int outstanding;
  private long workerFree;
  private boolean ticking;

  /**
   * A simulation.
   *
   * @param speed share of its speed that the worker has at a second
   * @param seed of the lengths of the facts
   */
  Simulation(
      WindowScheduler scheduler,
      SimulatedWorker worker,
      Setting setting,
      DoubleUnaryOperator speed,
      long seed) {
    this.scheduler = scheduler;
    this.worker = worker;
    this.setting = setting;
    this.speed = speed;
    this.lengths = new Random(seed);
  }

  /** A window of so many facts of the usual length. */
  static WindowLoad typical(int facts) {
    double tokens = LEAST_TOKENS + (MORE_TOKENS - 1) / 2.0;
    return new WindowLoad(facts, tokens * facts, LEAST_TOKENS + MORE_TOKENS - 1);
  }

  /** Lets facts come at these seconds and returns what became of them. */
  Tape run(double[] seconds) {
    for (double second : seconds) {
      int letters = LETTERS_PER_TOKEN * (LEAST_TOKENS + lengths.nextInt(MORE_TOKENS));
      agenda.at(Math.round(second * 1e9), () -> arrive(letters));
    }
    agenda.run();
    return tape;
  }

  private void arrive(int letters) {
    String fact = Long.toString(arrivals);
    room.add(new Waiting(fact, arrivals++, now(), 10 * letters, letters, false, null));
    scheduler.arrived(now());
    tickLater();
  }

  private void tickLater() {
    if (!ticking && room.ready() > 0) {
      ticking = true;
      long tick = setting.tick().toNanos();
      agenda.at((agenda.now() / tick + 1) * tick, this::tick);
    }
  }

  private void tick() {
    ticking = false;
    closeDueWindows();
    tickLater();
  }

  private void closeDueWindows() {
    Decision decision = decide();
    while (decision instanceof Decision.Close close) {
      List<Waiting> window = room.take(close.cap());
      send(window, WindowShape.of(window), close);
      decision = decide();
    }
  }

  private Decision decide() {
    return scheduler.decide(room, new WorkerState(outstanding), now());
  }

  private void send(List<Waiting> window, WindowShape shape, Decision.Close close) {
    long number = sequence++;
    long closed = agenda.now();
    outstanding++;
    scheduler.handedOver(number, shape, now());
    agenda.at(closed + setting.transit().toNanos(), () -> edit(number, window, shape, close));
  }

  private void edit(long number, List<Waiting> window, WindowShape shape, Decision.Close close) {
    long arrived = agenda.now();
    long start = Math.max(arrived, workerFree);
    WindowLoad load =
        new WindowLoad(
            shape.facts(),
            (double) shape.letters() / LETTERS_PER_TOKEN,
            (double) shape.longest() / LETTERS_PER_TOKEN);
    Observation went = worker.edit(load, start / 1e9, speed.applyAsDouble(start / 1e9));
    workerFree = start + Math.round(went.seconds() * 1e9);
    double queued = (setting.transit().toNanos() + start - arrived) / 1e9;
    Report report = new Report(number, went, queued, worker.stock(), false);
    tape.window(went, close);
    window.forEach(fact -> tape.fact(nanos(fact.since()), workerFree));
    agenda.at(workerFree + setting.answer().toNanos(), () -> answered(report));
  }

  private void answered(Report report) {
    outstanding--;
    scheduler.finished(report, now());
    closeDueWindows();
  }

  private Instant now() {
    return Instant.EPOCH.plusNanos(agenda.now());
  }

  private static long nanos(Instant instant) {
    return Duration.between(Instant.EPOCH, instant).toNanos();
  }
}
