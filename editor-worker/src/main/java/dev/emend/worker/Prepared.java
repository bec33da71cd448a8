package dev.emend.worker;

import java.util.List;

/**
 * Something that is computed and judged and waits for its transaction. Made by the editing thread;
 * {@link #adopt} and {@link #close} belong to it too.
 */
interface Prepared extends AutoCloseable {
  /** What the transaction is to hold besides the offsets. */
  List<Outgoing> records();

  /** What stands after the transaction. */
  Standing standing();

  /** After the commit: the staged weights become the live ones. */
  void adopt();

  /** Without a commit: the weights are restored. */
  @Override
  void close();
}
