package dev.emend.itests.chaos.system;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A place in the system that a supervisor keeps filled: when its process ends, another one is
 * started. Thread-safe.
 */
public final class Slot {
  /** Before what did not even become ready is started again. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final RoleKind kind;
  private final String name;
  private final Supplier<Member> starter;
  private final List<Recovery> recoveries = new ArrayList<>();
  private final List<Integer> exits = new ArrayList<>();
  private @Nullable Member member;
  private long downSince;
  private boolean killed;
  private boolean paused;
  private boolean counted = true;
  private boolean buried;
  private long notBefore = System.nanoTime();

  /**
   * How long the slot's work stood still.
   *
   * @param time from the end of the old process until the new one was ready; the time for which it
   *     was held down does not count
   * @param place what that one said it is
   */
  public record Recovery(Duration time, String place) {}

  Slot(RoleKind kind, String name, Supplier<Member> starter) {
    this.kind = kind;
    this.name = name;
    this.starter = starter;
  }

  /** What runs here. */
  public RoleKind kind() {
    return kind;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  synchronized void start() {
    member = starter.get();
  }

  /** Starts what ended, and notes what became ready; to be called often. */
  synchronized void tend(long now) {
    Member current = member;
    if (current == null) {
      return;
    }
    Optional<Integer> exit = current.exit();
    if (exit.isPresent()) {
      if (!buried) {
        bury(exit.get(), now, current.ready().isPresent());
      }
      if (now >= notBefore) {
        member = starter.get();
        buried = false;
      }
    } else if (!counted && !killed && current.ready().isPresent()) {
      counted = true;
      recoveries.add(
          new Recovery(Duration.ofNanos(now - downSince), current.ready().orElseThrow()));
    }
  }

  private void bury(int code, long now, boolean wasReady) {
    buried = true;
    if (counted) {
      downSince = now;
      counted = false;
    }
    if (!killed) {
      exits.add(code);
      notBefore = wasReady ? now : now + RETRY.toNanos();
    }
    killed = false;
    paused = false;
  }

  /** Whether its process has said that it is ready, and is not paused. */
  public synchronized boolean ready() {
    Member current = member;
    return current != null
        && current.exit().isEmpty()
        && current.ready().isPresent()
        && counted
        && !paused;
  }

  /** Ends the process at once, as the kernel does; another one is started after a time. */
  synchronized void kill(Duration held) {
    Member current = member;
    if (current != null && current.exit().isEmpty()) {
      killed = true;
      notBefore = System.nanoTime() + held.toNanos();
      if (counted) {
        downSince = notBefore;
        counted = false;
      }
      current.process().destroyForcibly();
    }
  }

  /** Stops the process's clock. */
  synchronized void pause() throws IOException {
    paused = true;
    signal("STOP");
  }

  /** Lets it run on. */
  synchronized void resume() throws IOException {
    if (paused) {
      paused = false;
      signal("CONT");
    }
  }

  private void signal(String signal) throws IOException {
    Member current = member;
    if (current != null) {
      new ProcessBuilder("kill", "-" + signal, Long.toString(current.process().pid())).start();
    }
  }

  /** Asks the process; empty if it does not answer in time. */
  public Optional<String> ask(String command, Duration patience) {
    Member current;
    synchronized (this) {
      current = member;
    }
    return current instanceof JvmMember jvm ? jvm.ask(command, patience) : Optional.empty();
  }

  /** Ends for good, as the kernel does. */
  void stop() {
    Member last;
    synchronized (this) {
      last = member;
      member = null;
    }
    if (last != null) {
      last.process().destroyForcibly();
      last.process().onExit().join();
    }
  }

  /** Id of the process; empty if there is none. */
  public synchronized Optional<Long> pid() {
    return Optional.ofNullable(member).map(m -> m.process().pid());
  }

  /** How long it was away, each time. */
  public synchronized List<Recovery> recoveries() {
    return List.copyOf(recoveries);
  }

  /** Exit codes of the processes that ended by themselves. */
  public synchronized List<Integer> exits() {
    return List.copyOf(exits);
  }
}
