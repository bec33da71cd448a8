package dev.emend.worker;

import dev.emend.delta.ModelState;
import dev.emend.topic.Connection;

/** Makes workers whose commits may be cut off, or that know nothing of others. */
public final class WorkerDoor {
  /** What a worker's log says when it finds that it is fenced. */
  public static final String FENCED = WorkerState.FENCED;

  /** Likewise when it finds that its partition was given away while it was silent. */
  public static final String LOST = WindowInbox.LOST;

  private WorkerDoor() {}

  /**
   * A worker as the product makes it, but for its producer.
   *
   * @param doom which commits are its last
   * @param transactions false to write without
   */
  public static EditorWorker mortal(
      WorkerConfig config,
      Connection connection,
      ModelState base,
      WindowEditor editor,
      KeptState kept,
      CommitDoom doom,
      boolean transactions) {
    return new EditorWorker(
        config,
        connection,
        base,
        editor,
        kept,
        new MortalClients(config, connection, doom, transactions));
  }

  /** A worker as the product makes it, but in a group of its own: nothing but the fence is left. */
  public static EditorWorker rival(
      WorkerConfig config, Connection connection, ModelState base, WindowEditor editor) {
    return new EditorWorker(
        config, connection, base, editor, KeptState.none(), new RivalClients(config, connection));
  }

  /** A worker as the product makes it, of which single commits may be cut off. */
  public static EditorWorker dying(
      WorkerConfig config,
      Connection connection,
      ModelState base,
      WindowEditor editor,
      KeptState kept,
      Deathbed deathbed) {
    return new EditorWorker(
        config, connection, base, editor, kept, deathbed.clients(config, connection));
  }
}
