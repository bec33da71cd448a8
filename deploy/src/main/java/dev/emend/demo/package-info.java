/**
 * The demonstration: real fact changes go in as events, a subscriber that knew only the base model
 * gives the new answers. Measures what it claims. Must not know how the parts do their work.
 */
@NullMarked
package dev.emend.demo;

import org.jspecify.annotations.NullMarked;
