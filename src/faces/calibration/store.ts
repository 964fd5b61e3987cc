import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeWholeFile } from '../../jobs/whole-file.js'
import { AppError } from '../../kit/errors/index.js'
import { BUILT_IN_CALIBRATIONS } from './built-in.js'
import type { Calibration, CalibrationPoint } from './calibration.js'

/** Where the calibration of a model lies in a folder of models. Ids that are no file names are written as such. */
export function calibrationFile(dir: string, model: string): string {
  return join(dir, `${model.replaceAll(/[^A-Za-z0-9._-]/g, '_')}.calibration.json`)
}

/**
 * The calibration of a model: the user's own in the first of the folders that has one, or the built-in one.
 *
 * @throws AppError FACES_CALIBRATION_UNREADABLE
 */
export async function readCalibration(
  model: string,
  dirs: readonly string[],
): Promise<{ readonly calibration: Calibration; readonly from: string | 'built-in' } | undefined> {
  for (const dir of dirs) {
    const file = calibrationFile(dir, model)
    const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return undefined
      throw new AppError('FACES_CALIBRATION_UNREADABLE', `${file} cannot be read (${cause.code}).`, { cause })
    })
    if (text !== undefined) return { calibration: parseCalibration(text, { file, model }), from: file }
  }
  const calibration = BUILT_IN_CALIBRATIONS.find((known) => known.model === model)
  return calibration === undefined ? undefined : { calibration, from: 'built-in' }
}

/** @throws AppError OUTPUT_UNWRITABLE, DISK_FULL */
export async function writeCalibration(file: string, calibration: Calibration): Promise<void> {
  await writeWholeFile(file, Buffer.from(`${JSON.stringify(calibration, null, 2)}\n`))
}

function parseCalibration(
  text: string,
  { file, model }: { readonly file: string; readonly model: string },
): Calibration {
  const fail = (why: string): never => {
    throw new AppError('FACES_CALIBRATION_UNREADABLE', `${file} ${why}.`)
  }
  let value: Partial<Calibration> | null = null
  try {
    value = JSON.parse(text)
  } catch {
    return fail('is not JSON')
  }
  if (typeof value !== 'object' || value === null || !Array.isArray(value.points)) return fail('has no table of scores')
  if (value.model !== model) return fail(`is of the model "${value.model}", not of "${model}"`)
  const points: readonly CalibrationPoint[] = value.points
  const sound = points.every(({ score, fmr }, index) => {
    const before = points[index - 1]
    return (
      Number.isFinite(score) &&
      fmr > 0 &&
      fmr <= 1 &&
      (before === undefined || (score > before.score && fmr < before.fmr))
    )
  })
  return points.length > 0 && sound ? (value as Calibration) : fail('has scores that do not rise while FMR falls')
}
