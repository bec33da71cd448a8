package dev.emend.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.ProcessorWrapper;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.WrappedFixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.WrappedProcessorSupplier;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Ends and starts the processors of a running test driver, as Streams does with a task that it
 * revives: the same processor objects over the same stores.
 */
final class Restarts {
  static final String SETTING = "test.restarts";

  private final List<Runnable> tasks = new ArrayList<>();

  void restart() {
    List.copyOf(tasks).forEach(Runnable::run);
  }

  /** Made by Streams from its name. */
  public static final class Wrapper implements ProcessorWrapper {
    private Restarts restarts = new Restarts();

    /** For Kafka. */
    public Wrapper() {}

    @Override
    public void configure(Map<String, ?> configs) {
      restarts = Objects.requireNonNull((Restarts) configs.get(SETTING), SETTING);
    }

    @Override
    public <KIn, VIn, KOut, VOut>
        WrappedProcessorSupplier<KIn, VIn, KOut, VOut> wrapProcessorSupplier(
            String name, ProcessorSupplier<KIn, VIn, KOut, VOut> supplier) {
      return ProcessorWrapper.asWrapped(new Restartable<>(supplier, restarts));
    }

    @Override
    public <KIn, VIn, VOut>
        WrappedFixedKeyProcessorSupplier<KIn, VIn, VOut> wrapFixedKeyProcessorSupplier(
            String name, FixedKeyProcessorSupplier<KIn, VIn, VOut> supplier) {
      return ProcessorWrapper.asWrappedFixedKey(supplier);
    }
  }

  private record Restartable<KIn, VIn, KOut, VOut>(
      ProcessorSupplier<KIn, VIn, KOut, VOut> supplier, Restarts restarts)
      implements ProcessorSupplier<KIn, VIn, KOut, VOut> {
    @Override
    public Processor<KIn, VIn, KOut, VOut> get() {
      return new Noted<>(supplier.get(), restarts);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      return supplier.stores();
    }
  }

  private record Noted<KIn, VIn, KOut, VOut>(
      Processor<KIn, VIn, KOut, VOut> processor, Restarts restarts)
      implements Processor<KIn, VIn, KOut, VOut> {
    @Override
    public void init(ProcessorContext<KOut, VOut> context) {
      processor.init(context);
      InternalProcessorContext<?, ?> inner = (InternalProcessorContext<?, ?>) context;
      ProcessorNode<?, ?, ?, ?> node = inner.currentNode();
      restarts.tasks.add(
          () -> {
            inner.setCurrentNode(node);
            processor.close();
            processor.init(context);
            inner.setCurrentNode(null);
          });
    }

    @Override
    public void process(Record<KIn, VIn> record) {
      processor.process(record);
    }

    @Override
    public void close() {
      processor.close();
    }
  }
}
