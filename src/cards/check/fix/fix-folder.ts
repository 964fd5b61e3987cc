import { join } from 'node:path'
import { writeWholeFile } from '../../../jobs/whole-file.js'
import type { Finding } from '../../../kit/findings.js'
import { readPassText } from '../../pass/read-pass-text.js'
import { applyEdits, type TextEdit } from '../../pass/slip.js'
import { scalePicture } from '../../pictures/scale-picture.js'
import { type CheckedFolder, type CheckFolderOptions, checkDesignFolder } from '../check-folder.js'
import type { Repair } from '../rule.js'
import { ruleOf } from '../rules.js'
import { toSubject } from '../subject.js'
import { type ChangedLines, changedLines } from './changed-lines.js'

/** A file that was mended, or would be. */
export interface FixedFile {
  readonly file: string
  /** Ids of the rules whose findings it mends. */
  readonly rules: readonly string[]
  /** pass.json: what became of which lines. Absent for pictures, which are made anew. */
  readonly lines?: readonly ChangedLines[]
}

export interface FixResult {
  readonly findings: readonly Finding[]
  readonly fixed: readonly FixedFile[]
}

/** A repair may bring another one within reach, as when two of them touch the same line. */
const MOST_ROUNDS = 5

/**
 * Mends what cannot be meant otherwise, file by file and each one whole or not at all.
 *
 * @param dryRun writes nothing; the findings then are those before
 * @returns the findings that are left
 * @throws AppError as checkDesignFolder, OUTPUT_UNWRITABLE, DISK_FULL
 */
export async function fixDesignFolder(
  dir: string,
  options: CheckFolderOptions & { readonly dryRun: boolean },
): Promise<FixResult> {
  const fixed: FixedFile[] = []
  let checked = await checkDesignFolder(dir, options)
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const repairs = repairsOf(checked)
    if (repairs.length === 0) break
    const text = await mendText(dir, checked, repairs, options.dryRun)
    const pictures = await mendPictures(dir, checked, repairs, options.dryRun)
    fixed.push(...text, ...pictures)
    if (options.dryRun || text.length + pictures.length === 0) break
    checked = await checkDesignFolder(dir, options)
  }
  return { findings: checked.findings, fixed }
}

interface RuleRepair {
  readonly rule: string
  readonly repair: Repair
}

function repairsOf({ findings, input }: CheckedFolder): RuleRepair[] {
  if (input === undefined) return []
  const subject = toSubject(input)
  return findings.flatMap(({ rule, place, fixable }) => {
    const repair = fixable ? ruleOf(rule)?.repair?.(subject, place) : undefined
    return repair === undefined ? [] : [{ rule, repair }]
  })
}

async function mendText(
  dir: string,
  { passBytes, input }: CheckedFolder,
  repairs: readonly RuleRepair[],
  dryRun: boolean,
): Promise<FixedFile[]> {
  const own = repairs.flatMap(({ rule, repair }) => (repair.kind === 'text' ? [{ rule, repair }] : []))
  if (own.length === 0 || passBytes === undefined || input === undefined) return []
  // Characters that were guessed are not written down as if they were known.
  if (input.slips.some(({ kind }) => kind === 'not-utf-8')) return []
  const source = input.passText
  const edits: TextEdit[] = own.flatMap(({ repair }) => repair.edits)
  // Other encodings, and a byte order mark, have a finding of their own that is mended in the same go.
  const bytes = new TextEncoder().encode(applyEdits(source, edits).text)
  // Never leave worse behind than was there.
  if (!readPassText(bytes).ok) return []
  if (!dryRun) await writeWholeFile(join(dir, 'pass.json'), bytes)
  const rules = [...new Set(own.map(({ rule }) => rule))]
  return [{ file: 'pass.json', rules, lines: changedLines(source, edits) }]
}

async function mendPictures(
  dir: string,
  { input }: CheckedFolder,
  repairs: readonly RuleRepair[],
  dryRun: boolean,
): Promise<FixedFile[]> {
  const fixed: FixedFile[] = []
  for (const { rule, repair } of repairs) {
    const bytes = repair.kind === 'picture' ? input?.files.get(repair.from) : undefined
    if (repair.kind !== 'picture' || bytes === undefined) continue
    try {
      const made = await scalePicture(bytes, repair)
      if (!dryRun) await writeWholeFile(join(dir, ...repair.to.split('/')), made)
      fixed.push({ file: repair.to, rules: [rule] })
    } catch (error) {
      // A picture that cannot be read is a finding of its own.
      if (error instanceof Error && error.name === 'AppError') throw error
    }
  }
  return fixed
}
