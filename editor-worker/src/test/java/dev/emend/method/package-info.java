/** Tests of the comparison methods, against their equations in plain arrays. */
@NullMarked
package dev.emend.method;

import org.jspecify.annotations.NullMarked;
