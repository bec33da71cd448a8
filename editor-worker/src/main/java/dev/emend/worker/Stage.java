package dev.emend.worker;

/**
 * What is to happen to the weights when a transaction ends. Belongs to the editing thread. What is
 * not committed when it is closed leaves the weights as they were.
 */
public interface Stage extends AutoCloseable {
  /** After the commit: the version's weights become the live ones. */
  void commit();

  /** Without a commit: the weights are as before; a second call does nothing. */
  @Override
  void close();
}
