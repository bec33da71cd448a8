/** Tests of the room. */
@NullMarked
package dev.emend.ledger;

import org.jspecify.annotations.NullMarked;
