package dev.emend.stream;

import dev.emend.stream.state.Handover;
import dev.emend.stream.state.ModelProgress;
import dev.emend.stream.state.SetProgress;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What the scheduler must remember over a restart.
 *
 * @param waiting changes in the queue, key model|subject|relation
 * @param progress where each model is, key model
 * @param sets change sets that have not left, key model|size|set id
 */
record SchedulerStores(
    JournalStore<Handover> waiting,
    KeyValueStore<String, ModelProgress> progress,
    KeyValueStore<String, SetProgress> sets) {

  static SchedulerStores of(ProcessorContext<String, Step> context) {
    return new SchedulerStores(
        context.getStateStore(StreamNames.WAITING_FACTS),
        context.getStateStore(StreamNames.MODEL_PROGRESS),
        context.getStateStore(StreamNames.CHANGE_SETS));
  }

  static <V> void forEach(KeyValueStore<String, V> store, Consumer<V> action) {
    StoreScan.forEachEntry(store, (key, value) -> action.accept(value));
  }
}
