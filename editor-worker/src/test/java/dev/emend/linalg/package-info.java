/** Kernels against naive arithmetic in plain arrays. */
@NullMarked
package dev.emend.linalg;

import org.jspecify.annotations.NullMarked;
