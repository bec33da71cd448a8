/**
 * Dense fp64 linear algebra on ND4J buffers: column-major matrices, Cholesky factors and the stored
 * inverse of a growing Gram matrix. Everything goes through the CBLAS and LAPACKE routines that the
 * self-test checks. Knows nothing of models, facts or Kafka.
 */
@NullMarked
package dev.emend.linalg;

import org.jspecify.annotations.NullMarked;
