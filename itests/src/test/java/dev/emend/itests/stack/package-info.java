/**
 * The broker and registry that all integration tests share: containers where an engine answers, the
 * embedded stack otherwise. Knows nothing of what is tested.
 */
@NullMarked
package dev.emend.itests.stack;

import org.jspecify.annotations.NullMarked;
