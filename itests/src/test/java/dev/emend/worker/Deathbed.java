package dev.emend.worker;

import dev.emend.topic.Connection;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.DisconnectException;
import org.jspecify.annotations.Nullable;

/**
 * The clients of a worker of which one commit breaks off at a chosen moment as far as the broker
 * can tell: what was sent is there, and of the end of the transaction it hears nothing. Unlike
 * {@link CommitDoom} the process stays, so that a test sees it recover. Thread-safe.
 */
public final class Deathbed {
  /** Where a commit breaks off. */
  public enum Moment {
    /** Before anything is written. */
    FIRST_RECORD,
    /** Between the version and where the aliases point. */
    THIRD_RECORD,
    /** When all records are written, but not how far the windows were read. */
    OFFSETS,
    /** When all is written and nothing is committed. */
    COMMIT,
    /** When all is committed, but the worker does not hear of it. */
    ANSWER
  }

  private final AtomicReference<@Nullable Moment> next = new AtomicReference<>();

  /** The next commit ends so; those after it go well. */
  public void at(Moment moment) {
    next.set(moment);
  }

  /** Whether no commit is left to break off. */
  public boolean over() {
    return next.get() == null;
  }

  KafkaClients clients(WorkerConfig config, Connection connection) {
    return new KafkaClients(config, connection) {
      @Override
      @SuppressWarnings("unchecked") // the proxy implements what it is cast to
      Producer<String, byte[]> writer() {
        Mortal mortal = new Mortal(super.writer());
        return (Producer<String, byte[]>)
            Proxy.newProxyInstance(
                Producer.class.getClassLoader(),
                new Class<?>[] {Producer.class},
                (proxy, method, arguments) -> mortal.call(method, arguments));
      }
    };
  }

  private final class Mortal {
    private static final int THIRD = 3;

    private final Producer<String, byte[]> real;
    private int records;
    private boolean dead;

    Mortal(Producer<String, byte[]> real) {
      this.real = real;
    }

    @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
      if (dead && !method.getName().equals("close")) {
        throw new DisconnectException("nobody hears this worker any more");
      }
      switch (method.getName()) {
        case "beginTransaction" -> records = 0;
        case "send" -> {
          records++;
          dieIf(records == 1, Moment.FIRST_RECORD);
          dieIf(records == THIRD, Moment.THIRD_RECORD);
        }
        case "sendOffsetsToTransaction" -> dieIf(true, Moment.OFFSETS);
        case "commitTransaction" -> dieIf(true, Moment.COMMIT);
        default -> {}
      }
      Object result = pass(method, arguments);
      dieIf(method.getName().equals("commitTransaction"), Moment.ANSWER);
      return result;
    }

    private void dieIf(boolean reached, Moment moment) {
      if (reached && next.compareAndSet(moment, null)) {
        real.flush(); // what was sent before is on the broker
        dead = true;
        throw new DisconnectException("cut off at " + moment);
      }
    }

    private @Nullable Object pass(Method method, Object @Nullable [] arguments) throws Throwable {
      try {
        return method.invoke(real, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause() == null ? e : e.getCause();
      }
    }
  }
}
