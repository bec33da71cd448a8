/** Tests of budgets. */
@NullMarked
package dev.emend.memory;

import org.jspecify.annotations.NullMarked;
