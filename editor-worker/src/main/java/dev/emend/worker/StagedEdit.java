package dev.emend.worker;

import dev.emend.memit.EditRecipe;
import dev.emend.memit.WindowResult;

/**
 * A window whose edit is in the weights but may still be taken back. What is not committed when it
 * is closed is restored, also after a throw.
 */
public interface StagedEdit extends Stage {
  /** What was done. */
  WindowResult result();

  /** How it was done. */
  EditRecipe recipe();

  /** How much text it was. */
  PromptTokens tokens();

  /** Keeps the weights and the key memory. To be called once the version is committed. */
  @Override
  void commit();

  /** Restores weights and key memory unless committed; a second call does nothing. */
  @Override
  void close();
}
