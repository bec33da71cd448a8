/**
 * Who stands behind a version or a position: keys, what exactly they sign, and whose signatures a
 * reader believes. Knows nothing of brokers, payloads or weights beyond their digests.
 */
@NullMarked
package dev.emend.sign;

import org.jspecify.annotations.NullMarked;
