import type { CalibrateOutcome } from '../../app/faces/calibrate.js'
import { formatCount, plural } from './numbers.js'
import { definitions, table } from './table.js'

/** What was compared, and the threshold for each false match rate. '' when the run was stopped. */
export function renderCalibration({ calibration, thresholds, failed }: CalibrateOutcome): string {
  if (calibration === null) return ''
  const { model, people, photos, impostorPairs, genuinePairs } = calibration
  const facts = definitions([
    ['model', model],
    ['photos', `${formatCount(photos)} of ${plural(people, 'person', 'people')}${leftOut(failed)}`],
    ['pairs', `${formatCount(genuinePairs)} of one person, ${formatCount(impostorPairs)} of two people`],
  ])
  const rows = table(thresholds, [
    { title: 'SCORE', value: ({ threshold }) => threshold.toFixed(3), align: 'right' },
    { title: 'TWO PEOPLE REACH IT', value: ({ fmr }) => `once in ${formatCount(1 / fmr)} comparisons` },
    { title: '', value: ({ extrapolated }) => (extrapolated ? 'beyond what was measured' : '') },
  ])
  return `${facts}\n\n${rows}`
}

const leftOut = (failed: number): string => (failed === 0 ? '' : `; ${formatCount(failed)} without a face left out`)
