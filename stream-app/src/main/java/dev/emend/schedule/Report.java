package dev.emend.schedule;

import dev.emend.schedule.learn.Observation;

/**
 * A worker's word on a window, as the scheduler needs it.
 *
 * @param sequence of the window; earlier ones are answered for too
 * @param window how it went
 * @param queued seconds from closing it to the start of its edit
 * @param stock facts in the model after it
 * @param consolidated whether the model was derived anew instead
 */
public record Report(
    long sequence, Observation window, double queued, long stock, boolean consolidated) {}
