package dev.emend.itests.chaos.check;

import dev.emend.event.FactChange;
import dev.emend.event.FactOutcome;
import dev.emend.event.LedgerEntry;
import dev.emend.event.ModelDelta;
import dev.emend.event.ModelHead;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a run left behind: the committed records of every topic, and the copies of the models.
 *
 * @param said ids of all events that were published and acknowledged
 * @param facts the facts topic
 * @param outcomes the outcomes topic
 * @param deltas the versions of each model, in the order of the log
 * @param ledger what the ledger topic holds by key, tombstones taken into account
 * @param heads what the heads topic holds by key
 * @param deadLetters records among the dead letters
 * @param copies the models as somebody has them
 * @param readAt when it was read
 */
public record RunLog(
    List<String> said,
    List<Published> facts,
    List<FactOutcome> outcomes,
    Map<String, List<ModelDelta>> deltas,
    Map<String, LedgerEntry> ledger,
    Map<String, ModelHead> heads,
    int deadLetters,
    List<Copy> copies,
    Instant readAt) {
  /** Copies all. */
  public RunLog {
    said = List.copyOf(said);
    facts = List.copyOf(facts);
    outcomes = List.copyOf(outcomes);
    deltas = Map.copyOf(deltas);
    ledger = Map.copyOf(ledger);
    heads = Map.copyOf(heads);
    copies = List.copyOf(copies);
  }

  /**
   * A record of the facts topic.
   *
   * @param eventId its id, if need be from its headers
   * @param change empty if it is none
   * @param sound whether it breaks no rule
   */
  public record Published(String eventId, Optional<FactChange> change, boolean sound) {}

  /**
   * The weights of a model in somebody's hands.
   *
   * @param holder who
   * @param model of which model
   * @param version which version it says that they are
   * @param tensors the values of edited tensors, little-endian fp32
   */
  public record Copy(
      String holder, String model, long version, SortedMap<String, ByteBuffer> tensors) {}
}
