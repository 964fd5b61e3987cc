import type { Calibration } from './calibration.js'

/** Calibrations of the models that come with Tessera, measured with `tessera face calibrate` on labelled photos. */
export const BUILT_IN_CALIBRATIONS: readonly Calibration[] = []
