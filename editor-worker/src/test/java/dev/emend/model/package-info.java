/** Tests of decoders against naive oracles. */
@NullMarked
package dev.emend.model;

import org.jspecify.annotations.NullMarked;
