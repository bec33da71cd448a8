/** Tests of the topology without a broker. */
@NullMarked
package dev.emend.stream;

import org.jspecify.annotations.NullMarked;
