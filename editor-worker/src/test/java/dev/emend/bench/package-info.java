@NullMarked
package dev.emend.bench;

import org.jspecify.annotations.NullMarked;
