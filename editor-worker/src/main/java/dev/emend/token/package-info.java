/**
 * Text to token ids and back, as the model's own tokenizer does it, and where a subject ends among
 * the tokens of a prompt. Knows nothing of tensors, facts or streams.
 */
@NullMarked
package dev.emend.token;

import org.jspecify.annotations.NullMarked;
