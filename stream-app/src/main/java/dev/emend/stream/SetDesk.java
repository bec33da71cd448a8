package dev.emend.stream;

import dev.emend.fault.RejectReason;
import dev.emend.publish.Rejection;
import dev.emend.schedule.SetRef;
import dev.emend.schedule.Waiting;
import dev.emend.schedule.WaitingRoom;
import dev.emend.stream.state.Handover;
import dev.emend.stream.state.SetProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The change sets of one model that have not left: which are complete, which have waited enough.
 */
final class SetDesk {
  private final String model;
  private final KeyValueStore<String, SetProgress> store;
  private final WaitingRoom room;
  private final WindowSettings window;
  private final Map<SetRef, SetProgress> open = new HashMap<>();

  SetDesk(
      String model,
      KeyValueStore<String, SetProgress> store,
      WaitingRoom room,
      WindowSettings window) {
    this.model = model;
    this.store = store;
    this.room = room;
    this.window = window;
  }

  /** A set that cannot be written, and why. */
  record Refusal(SetRef set, Rejection why) {}

  static @Nullable SetRef refOf(Handover handover) {
    return handover.getChangeSetId() == null
        ? null
        : new SetRef(handover.getChangeSetId(), handover.getChangeSetSize());
  }

  void restore(SetProgress progress) {
    SetRef set = new SetRef(progress.getId(), progress.getSize());
    open.put(set, progress);
    if (isComplete(progress)) {
      room.complete(set);
    }
  }

  /** Counts a member that waits or will never come; says if the set cannot be written. */
  Optional<Refusal> arrive(SetRef set, String eventId, Instant now) {
    SetProgress progress = open.computeIfAbsent(set, fresh -> begin(fresh, now));
    if (!progress.getEventIds().contains(eventId)) {
      List<String> members = new ArrayList<>(progress.getEventIds());
      members.add(eventId);
      progress.setEventIds(members);
      store.put(key(set), progress);
    }
    if (!isComplete(progress)) {
      return Optional.empty();
    }
    if (bytes(set) > window.cap().bytes().bytes()) {
      return Optional.of(tooLarge(set));
    }
    room.complete(set);
    forgetIfGone(set);
    return Optional.empty();
  }

  /** Sets that have waited for their members long enough. */
  List<Refusal> late(Instant now) {
    Instant limit = now.minus(window.changeSetTimeout());
    return open.entrySet().stream()
        .filter(set -> !isComplete(set.getValue()) && !set.getValue().getSince().isAfter(limit))
        .map(set -> incomplete(set.getKey(), set.getValue()))
        .toList();
  }

  /** Whatever the sets have waited so far does not count. */
  void restartClocks(Instant now) {
    open.forEach(
        (set, progress) -> {
          progress.setSince(now);
          store.put(key(set), progress);
        });
  }

  /** Forgets a set that is complete and of which nothing waits. */
  void forgetIfGone(@Nullable SetRef set) {
    SetProgress progress = set == null ? null : open.get(set);
    if (set != null && progress != null && isComplete(progress) && room.members(set).isEmpty()) {
      forget(set);
    }
  }

  void forget(SetRef set) {
    open.remove(set);
    store.delete(key(set));
  }

  private SetProgress begin(SetRef set, Instant now) {
    return new SetProgress(model, set.id(), set.size(), List.of(), now);
  }

  private static boolean isComplete(SetProgress progress) {
    return progress.getEventIds().size() >= progress.getSize();
  }

  private long bytes(SetRef set) {
    return room.members(set).stream().mapToLong(Waiting::bytes).sum();
  }

  private Refusal tooLarge(SetRef set) {
    String detail = "change set %s is larger than %s".formatted(set.id(), window.cap().bytes());
    return new Refusal(set, new Rejection(RejectReason.CHANGE_SET_INVALID, detail));
  }

  private Refusal incomplete(SetRef set, SetProgress progress) {
    String detail =
        "%d of %d members of change set %s came within %s"
            .formatted(
                progress.getEventIds().size(), set.size(), set.id(), window.changeSetTimeout());
    return new Refusal(set, new Rejection(RejectReason.CHANGE_SET_INCOMPLETE, detail));
  }

  /** Two sizes under one id are two sets; neither can complete by the other's members. */
  private String key(SetRef set) {
    return model + "|" + set.size() + "|" + set.id();
  }
}
