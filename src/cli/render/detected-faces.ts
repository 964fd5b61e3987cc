import type { DetectedPhoto, DetectItem, DetectSummary, PhotoFailure } from '../../app/faces/detected.js'
import { visibleText } from '../../kit/visible-text.js'
import { formatCount, formatDuration, plural } from './numbers.js'
import { type Output, paint } from './styles.js'
import { type Column, definitions, table } from './table.js'
import { wrapText } from './wrap.js'

interface FaceRow {
  readonly file: string
  readonly number: number | undefined
  readonly box: string
  readonly age: string | undefined
  readonly gender: string | undefined
  readonly quality: string | undefined
  readonly real: string | undefined
  readonly live: string | undefined
  readonly remarks: string
}

/** Collects, photo by photo, what the table of faces shows; of each face that is little, whatever the engine told. */
export class FaceTable {
  readonly #rows: FaceRow[] = []
  readonly #failures: PhotoFailure[] = []
  #only: DetectedPhoto | undefined
  #photos = 0

  add(item: DetectItem): void {
    this.#photos++
    if ('reason' in item) {
      this.#failures.push(item)
      return
    }
    const { file, faces, found, turned } = item
    this.#only = item
    const more = found > faces.length ? [`${found - faces.length} more found`] : []
    const of = turned === 0 ? more : [`photo turned by ${turned}°`, ...more]
    if (faces.length === 0) this.#rows.push({ ...NOTHING, file, remarks: ['no face', ...of].join(', ') })
    for (const [index, { box, age, gender, quality, real, live }] of faces.entries()) {
      this.#rows.push({
        file,
        number: index + 1,
        box: `${Math.round(box.width)}×${Math.round(box.height)} at ${Math.round(box.x)},${Math.round(box.y)}`,
        age: String(Math.round(age.years)),
        gender: gender.value,
        quality: quality.score.toFixed(2),
        real: real?.toFixed(2),
        live: live?.toFixed(2),
        remarks: [...quality.reasons, ...(index === 0 ? of : [])].join(', '),
      })
    }
  }

  render(summary: DetectSummary, { stopped = false, output = process.stdout }: RenderOptions = {}): string {
    const width = Math.min(100, output.columns ?? 100)
    const failures = this.#failures.flatMap(({ file, reason, message }) => {
      const [first = '', ...rest] = wrapText(`${visibleText(file)}: ${reason}. ${message}`, width - 4)
      return [`  ${first}`, ...rest.map((line) => `    ${line}`)]
    })
    const parts = [
      this.#table(output),
      failures.length === 0 ? '' : [paint('bold', 'Could not be read', output), ...failures].join('\n'),
      this.#verdict(summary, { stopped, output }),
    ]
    return parts.filter((part) => part !== '').join('\n\n')
  }

  #table(output: Output): string {
    const columns: Column<FaceRow>[] = [
      ...(this.#photos > 1 ? [{ title: 'photo', value: ({ file }: FaceRow) => visibleText(file) }] : []),
      { title: '#', value: ({ number }) => number },
      { title: 'face', value: ({ box }) => box },
      { title: 'age', value: ({ age }) => age, align: 'right' },
      { title: 'gender', value: ({ gender }) => gender },
      { title: 'quality', value: ({ quality }) => quality, align: 'right' },
      ...(this.#rows.some(({ real }) => real !== undefined)
        ? ([
            { title: 'real', value: ({ real }) => real, align: 'right' },
            { title: 'live', value: ({ live }) => live, align: 'right' },
          ] satisfies Column<FaceRow>[])
        : []),
      { title: 'remarks', value: ({ remarks }) => remarks },
    ]
    return table(this.#rows, columns, output)
  }

  #verdict(summary: DetectSummary, { stopped, output }: Required<RenderOptions>): string {
    const { photos, faces, withoutFaces, problems, milliseconds, model, backend } = summary
    const only = photos === 1 ? this.#only : undefined
    const counts = [
      only === undefined
        ? `${plural(photos, 'photo')}: ${plural(faces, 'face')}`
        : `${visibleText(only.file)}, ${only.width} × ${only.height}: ${plural(faces, 'face')}`,
      ...(withoutFaces > 0 && photos > 1 ? [`${formatCount(withoutFaces)} without a face`] : []),
      ...(problems > 0 ? [`${formatCount(problems)} could not be read`] : []),
    ]
    const seconds = milliseconds / 1000
    const rate = photos > 1 && seconds > 0 ? ` (${(photos / seconds).toFixed(1)} photos a second)` : ''
    const colour = problems > 0 ? 'red' : stopped || faces === 0 ? 'yellow' : 'green'
    return [
      paint(colour, `${stopped ? 'Stopped after ' : ''}${counts.join(', ')}.`, output),
      definitions(
        [
          ['model', model === null ? undefined : `${model}, on ${backend}`],
          ['time', `${formatDuration(seconds)}${rate}`],
        ],
        output,
      ),
    ].join('\n')
  }
}

interface RenderOptions {
  readonly stopped?: boolean
  readonly output?: Output
}

const NOTHING: Omit<FaceRow, 'file' | 'remarks'> = {
  number: undefined,
  box: '',
  age: undefined,
  gender: undefined,
  quality: undefined,
  real: undefined,
  live: undefined,
}
