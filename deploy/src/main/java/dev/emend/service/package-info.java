/**
 * All of Emend in one process: topics, stream app and worker, on whatever broker and registry they
 * are pointed to. Must not know where these come from, nor who publishes and subscribes.
 */
@NullMarked
package dev.emend.service;

import org.jspecify.annotations.NullMarked;
