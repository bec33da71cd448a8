/**
 * Facts and benchmark cases from files: CounterFact in its original schema, EasyEdit's CounterFact
 * and zsRE schemas, and our own JSON lines. Knows nothing of models or topics.
 */
@NullMarked
package dev.emend.dataset;

import org.jspecify.annotations.NullMarked;
