import type { Evaluation, Measured, PhotosCount } from '../../app/faces/evaluate.js'
import type { PairsMeasure } from '../../faces/evaluate/measure-pairs.js'
import type { AttributeRates, AttributesResult } from '../../faces/evaluate/metrics/attributes.js'
import type { ClusteringResult } from '../../faces/evaluate/metrics/clustering.js'
import type { IdentificationResult } from '../../faces/evaluate/metrics/identification.js'
import { visibleText } from '../../kit/visible-text.js'
import { formatCount, plural } from './numbers.js'
import { definitions, table } from './table.js'

type Of<Kind> = Extract<Measured, { kind: Kind }>

/** Photos that failed are named up to here; --json has them all. */
const NAMED = 5

export function renderEvaluation({ model, photos, measured }: Evaluation): string {
  const parts = [
    definitions([
      ['model', visibleText(model)],
      ['photos', photosText(photos)],
    ]),
    ...photos.failures.slice(0, NAMED).map(({ file, message }) => `  ${visibleText(file)}: ${message}`),
    ...(photos.failures.length > NAMED ? [`  and ${formatCount(photos.failures.length - NAMED)} more`] : []),
  ]
  return [parts.join('\n'), ...(measured === null ? [] : measuredText(measured))].join('\n\n')
}

function photosText({ total, failed, kept }: PhotosCount): string {
  const known = kept === 0 ? '' : `; ${formatCount(kept)} known from before`
  return `${formatCount(total)}, ${failed === 0 ? 'all with a face' : `${formatCount(failed)} without a face`}${known}`
}

function measuredText(measured: Measured): string[] {
  switch (measured.kind) {
    case 'pairs':
      return pairsText(measured)
    case 'identify':
      return identifyText(measured.identification)
    case 'cluster':
      return clusterText(measured)
    default:
      return attributesText(measured.attributes)
  }
}

function pairsText({ listed, all }: Of<'pairs'>): string[] {
  const parts: string[] = []
  if (listed !== null) {
    const { folds, best } = listed
    const accuracy =
      folds === null
        ? `at best ${percent(best.accuracy)}: with one fold the threshold is chosen on the pairs themselves`
        : `${percent(folds.accuracy)} ± ${percent(folds.standardError)} (${folds.folds.length} folds)`
    parts.push(definitions([['accuracy', accuracy]]), ratesText('listed pairs', listed))
  }
  if (all !== null) parts.push(ratesText('all pairs', all))
  return parts
}

function ratesText(title: string, { genuine, impostor, rates, equalError, people }: PairsMeasure): string {
  const head = `${title}: ${formatCount(genuine.pairs)} of one person, ${formatCount(impostor.pairs)} of two; ${plural(people, 'person', 'people')}`
  const rows = table(rates, [
    { title: 'FMR', value: ({ target }) => String(target) },
    { title: 'FNMR', value: ({ fnmr }) => percent(fnmr), align: 'right' },
    {
      title: '95 % INTERVAL',
      value: ({ interval }) => (interval === null ? '' : `${percent(interval.low)} to ${percent(interval.high)}`),
    },
    { title: 'THRESHOLD', value: ({ threshold }) => threshold.toFixed(4), align: 'right' },
    {
      title: '',
      value: ({ few, target }) => (few ? `few: ${formatCount(30 / target)} pairs of two people are wanted` : ''),
    },
  ])
  const eer = equalError === null ? '' : `\nEqual error rate: ${percent(equalError.rate)}.`
  return `${head}\n${rows}${eer}`
}

function identifyText(results: readonly IdentificationResult[]): string[] {
  const targets = results.at(-1)?.rates.map(({ target }) => target) ?? []
  const rows = table(results, [
    { title: 'PEOPLE', value: ({ people }) => formatCount(people), align: 'right' },
    { title: 'SEARCHES', value: ({ mated }) => formatCount(mated), align: 'right' },
    { title: 'OF STRANGERS', value: ({ nonMated }) => formatCount(nonMated), align: 'right' },
    {
      title: 'RANK-1 MISS',
      value: ({ rankOneMiss }) => (rankOneMiss === null ? '-' : percent(rankOneMiss)),
      align: 'right',
    },
    ...targets.map((wanted) => ({
      title: `FNIR AT FPIR ${wanted}`,
      align: 'right' as const,
      value: ({ rates }: IdentificationResult) => {
        const rate = rates.find(({ target }) => target === wanted)
        return rate === undefined ? '-' : `${percent(rate.fnir)}${rate.few ? ' (few)' : ''}`
      },
    })),
  ])
  const few = results.some(({ rates }) => rates.some((rate) => rate.few))
  return few ? [rows, 'few: fewer than 30 searches of strangers may return anyone at that rate.'] : [rows]
}

const FROM = {
  given: 'as given',
  calibration: 'FMR 0.0001 of the calibration',
  photos: 'FMR 0.0001 of these photos, which flatters',
} as const

function clusterText({ threshold, clustering }: Of<'cluster'>): string[] {
  const { people, singlePeople, clusters, singletons, bcubed, pairwise }: ClusteringResult = clustering
  const facts = definitions([
    ['threshold', `${threshold.value.toFixed(4)}, ${FROM[threshold.from]}`],
    ['people', `${formatCount(people)}, ${formatCount(singlePeople)} with one photo`],
    ['groups', `${formatCount(clusters)}, ${formatCount(singletons)} of one photo`],
  ])
  const rows = table(
    [
      { name: 'BCubed', ...bcubed },
      { name: 'pairwise', ...pairwise },
    ],
    [
      { title: '', value: ({ name }) => name },
      { title: 'PRECISION', value: ({ precision }) => percent(precision), align: 'right' },
      { title: 'RECALL', value: ({ recall }) => percent(recall), align: 'right' },
      { title: 'F', value: ({ f }) => percent(f), align: 'right' },
    ],
  )
  return [facts, rows]
}

function attributesText({ byDecade, byGender, byGroup, ...all }: AttributesResult): string[] {
  const section = (name: string, rates: Readonly<Record<string, AttributeRates>>) =>
    Object.entries(rates).map(([key, value]) => ({ name: `${name} ${key}`, ...value }))
  const rows = [
    { name: 'all', ...all },
    ...section('age', byDecade),
    ...section('gender', byGender),
    ...section('group', byGroup),
  ]
  const share = (value: number | null): string => (value === null ? '-' : percent(value))
  return [
    table(rows, [
      { title: 'PEOPLE', value: ({ name }) => name },
      { title: 'PHOTOS', value: ({ photos }) => formatCount(photos), align: 'right' },
      {
        title: 'AGE ERROR',
        value: ({ ageError }) => (ageError === null ? '-' : `${ageError.toFixed(1)} years`),
        align: 'right',
      },
      { title: 'BUCKET', value: ({ bucketRight }) => share(bucketRight), align: 'right' },
      { title: '±1 BUCKET', value: ({ bucketNear }) => share(bucketNear), align: 'right' },
      { title: 'GENDER', value: ({ genderAccuracy }) => share(genderAccuracy), align: 'right' },
      { title: 'UNKNOWN', value: ({ genderUnknown }) => share(genderUnknown), align: 'right' },
    ]),
  ]
}

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`
