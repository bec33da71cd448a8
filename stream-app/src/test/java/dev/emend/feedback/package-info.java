/** Tests of what the scheduler reads out of a worker's feedback. */
@NullMarked
package dev.emend.feedback;

import org.jspecify.annotations.NullMarked;
