import { problemText } from '../problem-text.js'
import type { RulesDeps } from './design-rules.js'
import { editRows } from './edit-rows.js'
import { openChanges } from './open-changes.js'
import { EditsTally } from './preview-edits.js'
import type { FilePreview, UpdateInput } from './update-types.js'

/** Problems that a preview tells; a file may have millions. */
const MOST_PROBLEMS = 1000

/**
 * `--from --dry-run`: reads the whole file as a real run would and tells what holders would see. Cards are counted once
 * for each batch of rows that names them.
 */
export async function previewFile(input: UpdateInput, deps: RulesDeps): Promise<FilePreview> {
  const now = deps.now()
  const { file, book, context, batches } = await openChanges(input, deps)
  const tally = new EditsTally({ locale: deps.values.locale, now })
  const problems: FilePreview['problems'][number][] = []
  let rows = 0
  let rejected = 0
  for await (const batch of batches()) {
    rows += batch.rows.length
    const edited = await editRows(
      deps.store.db,
      batch.rows.map(({ row }) => row),
      { ...context, book, now },
    )
    for (const row of edited.rows) {
      if (row.outcome !== 'rejected') continue
      rejected++
      if (problems.length < MOST_PROBLEMS)
        problems.push(...row.problems.map((problem) => ({ ...problem, text: problemText(problem) })))
    }
    for (const card of edited.cards) tally.add(card)
  }
  return {
    dryRun: true,
    ...tally.result,
    rows,
    rejected,
    encoding: file.encoding,
    delimiter: file.delimiter,
    problems,
  }
}
