/**
 * What the process occupies and how much it may: measured memory, predicted needs, and the budget
 * that a need is held against before it arises. Knows nothing of models or windows.
 */
@NullMarked
package dev.emend.memory;

import org.jspecify.annotations.NullMarked;
