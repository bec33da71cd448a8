/**
 * Where payloads are kept that are too large for the log: which store a text names, and the one in
 * S3. Knows nothing of versions.
 */
@NullMarked
package dev.emend.blob;

import org.jspecify.annotations.NullMarked;
