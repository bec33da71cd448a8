package dev.emend.model;

import dev.emend.weights.FloatBlocks;

/** Where the values of a weight can be read again as they are stored. */
@FunctionalInterface
interface StoredValues {
  /** The values of a tensor. */
  FloatBlocks of(String name);
}
