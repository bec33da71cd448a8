@NullMarked
package dev.emend.schedule.simulate;

import org.jspecify.annotations.NullMarked;
