/** The editor against the published algorithm and against its own algebra. */
@NullMarked
package dev.emend.memit;

import org.jspecify.annotations.NullMarked;
