import type { WeightReport } from '../../cards/pictures/weigh-pictures.js'
import { formatBytes } from './numbers.js'
import { table } from './table.js'

/** What weighs what in a card, and whether that is light enough. */
export function renderWeight({ rows, total, budget, verdict }: WeightReport): string {
  const lines = [
    ...rows,
    { picture: 'together', files: rows.reduce((sum, { files }) => sum + files, 0), bytes: total, share: 1 },
  ]
  const weights = table(lines, [
    { title: 'PICTURE', value: ({ picture }) => picture },
    { title: 'FILES', value: ({ files }) => files },
    { title: 'WEIGHT', value: ({ bytes }) => formatBytes(bytes), align: 'right' },
    { title: 'SHARE', value: ({ share }) => `${Math.round(share * 100)} %`, align: 'right' },
  ])
  const limit = formatBytes(budget)
  return `${weights}\n${
    verdict === 'fits'
      ? `Light enough: a card should stay under ${limit}.`
      : `Too heavy: a card should stay under ${limit}. Make the heaviest pictures calmer.`
  }`
}
