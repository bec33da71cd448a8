/** Tests of the grid, the fit, the file and the plots of a calibration. */
@NullMarked
package dev.emend.calibrate;

import org.jspecify.annotations.NullMarked;
