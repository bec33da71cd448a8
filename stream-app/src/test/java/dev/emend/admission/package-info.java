/** Tests of who may say what. */
@NullMarked
package dev.emend.admission;

import org.jspecify.annotations.NullMarked;
