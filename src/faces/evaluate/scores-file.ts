import { randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import { toFileError } from '../../jobs/file-errors.js'
import type { PeopleVectors } from './people.js'
import { tilesOf } from './products.js'

export interface ScoreRow {
  /** From 1; undefined where there are no folds. */
  readonly fold?: number | undefined
  readonly left: string
  readonly right: string
  readonly same: boolean
  /** Minus infinity when a photo gave no face; its cell is left empty. */
  readonly score: number
}

const COLUMNS = ['fold', 'left', 'right', 'same', 'score'] as const
const ROWS_AT_ONCE = 20_000

/**
 * Writes the score of each pair as CSV: fold, both photos, whether they show one person (1 or 0), score. The file appears
 * whole or not at all.
 *
 * @throws AppError OUTPUT_UNWRITABLE, DISK_FULL
 */
export async function writeScores(file: string, rows: AsyncIterable<ScoreRow> | Iterable<ScoreRow>): Promise<void> {
  const temporary = join(dirname(file), `.${basename(file)}.${randomUUID()}.tmp`)
  try {
    await mkdir(dirname(file), { recursive: true })
    const handle = await open(temporary, 'w')
    try {
      await handle.write(stringify([COLUMNS]))
      let waiting: ReturnType<typeof cells>[] = []
      for await (const row of rows) {
        waiting.push(cells(row))
        if (waiting.length < ROWS_AT_ONCE) continue
        await handle.write(stringify(waiting))
        waiting = []
      }
      await handle.write(stringify(waiting))
    } finally {
      await handle.close()
    }
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw toFileError(error, file)
  }
}

function cells({ fold, left, right, same, score }: ScoreRow): (string | number)[] {
  return [fold ?? '', left, right, same ? 1 : 0, score > -2 ? score.toFixed(6) : '']
}

/** All pairs of photos with faces. */
export async function* allScoreRows(
  { vectors, personOf, pathOf }: PeopleVectors,
  nameOf: (path: string) => string,
  signal?: AbortSignal,
): AsyncGenerator<ScoreRow> {
  const names = pathOf.map(nameOf)
  for await (const { products, fromRow, rows, fromColumn, columns } of tilesOf(vectors, vectors, {
    triangle: true,
    signal,
  })) {
    for (let row = 0; row < rows; row++) {
      const [at, left = ''] = [fromRow + row, names[fromRow + row]]
      for (let column = Math.max(0, at + 1 - fromColumn); column < columns; column++) {
        const other = fromColumn + column
        const same = personOf[at] === personOf[other]
        yield { left, right: names[other] ?? '', same, score: products[row * columns + column] ?? 0 }
      }
    }
  }
}
