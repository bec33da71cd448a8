/** Tests of tokenizers. */
@NullMarked
package dev.emend.token;

import org.jspecify.annotations.NullMarked;
