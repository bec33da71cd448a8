@NullMarked
package dev.emend.schedule.learn;

import org.jspecify.annotations.NullMarked;
