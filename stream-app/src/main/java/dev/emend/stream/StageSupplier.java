package dev.emend.stream;

import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Makes a fresh {@link Stage} whenever a task starts. Streams reuses a processor object after it
 * has wiped and restored the stores of a corrupted task; a stage that is made anew cannot remember
 * what the stores have forgotten.
 */
record StageSupplier<KIn, VIn, KOut, VOut>(
    Function<ProcessorContext<KOut, VOut>, Stage<KIn, VIn>> start, Set<StoreBuilder<?>> stores)
    implements ProcessorSupplier<KIn, VIn, KOut, VOut> {

  StageSupplier {
    stores = Set.copyOf(stores);
  }

  @Override
  public Processor<KIn, VIn, KOut, VOut> get() {
    return new StagedProcessor<>(start);
  }

  private static final class StagedProcessor<KIn, VIn, KOut, VOut>
      implements Processor<KIn, VIn, KOut, VOut> {
    private final Function<ProcessorContext<KOut, VOut>, Stage<KIn, VIn>> start;
    private @Nullable Stage<KIn, VIn> stage;

    StagedProcessor(Function<ProcessorContext<KOut, VOut>, Stage<KIn, VIn>> start) {
      this.start = start;
    }

    @Override
    public void init(ProcessorContext<KOut, VOut> context) {
      stage = start.apply(context);
    }

    @Override
    public void process(Record<KIn, VIn> record) {
      Objects.requireNonNull(stage, "init comes first").process(record);
    }

    @Override
    public void close() {
      if (stage != null) {
        stage.close();
        stage = null;
      }
    }
  }
}
