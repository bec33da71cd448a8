/**
 * Who caused which version: reads the audit trail that workers write. Must not know how a version
 * is made nor how the trail is shown.
 */
@NullMarked
package dev.emend.audit;

import org.jspecify.annotations.NullMarked;
