/** Tests of the timeline sources. */
@NullMarked
package dev.emend.timeline;

import org.jspecify.annotations.NullMarked;
