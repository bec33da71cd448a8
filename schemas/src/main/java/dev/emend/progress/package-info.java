/** How long work tells whoever watches how far it is. Knows nothing of terminals or metrics. */
@NullMarked
package dev.emend.progress;

import org.jspecify.annotations.NullMarked;
