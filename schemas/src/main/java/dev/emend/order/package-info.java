/**
 * Orders to the worker of a model: sends one among the windows and waits until it is carried out or
 * refused. Must not know what an order does.
 */
@NullMarked
package dev.emend.order;

import org.jspecify.annotations.NullMarked;
