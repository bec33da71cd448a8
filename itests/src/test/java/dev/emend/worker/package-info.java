/**
 * A door for the chaos harness into the worker: what goes to the broker can be cut off there or
 * written without a transaction. No class of the product knows of it.
 */
@NullMarked
package dev.emend.worker;

import org.jspecify.annotations.NullMarked;
