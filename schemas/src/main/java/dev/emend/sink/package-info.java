/**
 * What a served version is handed on as: a Hugging Face folder, a LoRA adapter, a call to a model
 * server or to any other URL. Needs no machine learning library. Knows nothing of logs and brokers.
 */
@NullMarked
package dev.emend.sink;

import org.jspecify.annotations.NullMarked;
