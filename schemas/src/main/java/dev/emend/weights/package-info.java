/**
 * A model's weights on disk and their identity: safetensors files, Hugging Face folders, digests.
 * Knows nothing of what the tensors mean to a decoder, of deltas, or of Kafka.
 */
@NullMarked
package dev.emend.weights;

import org.jspecify.annotations.NullMarked;
