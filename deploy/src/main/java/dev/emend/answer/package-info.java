/**
 * Answers from a model that follows its versions, in this process or over HTTP. A reference: one
 * question at a time, greedy, without a cache between questions. Knows models and versions, but not
 * where versions come from.
 */
@NullMarked
package dev.emend.answer;

import org.jspecify.annotations.NullMarked;
