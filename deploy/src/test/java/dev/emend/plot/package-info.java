/** Tests of the pictures. */
@NullMarked
package dev.emend.plot;

import org.jspecify.annotations.NullMarked;
