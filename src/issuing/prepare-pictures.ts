import { dirname } from 'node:path'
import type { Design } from '../cards/design/design.js'
import type { MemberImage } from '../cards/design/design-config.js'
import type { CardDraft, RowProblem } from './map-row.js'

export type PreparedDraft =
  | { readonly ok: true; readonly pictures: Readonly<Record<string, string>> | undefined }
  | { readonly ok: false; readonly problems: readonly RowProblem[] }

/** Photos prepared at once; the picture library has threads of its own. */
const CONCURRENCY = 4

export interface PictureContext {
  readonly design: Design
  /** The members' file: photos are named relative to its folder. */
  readonly csv: string
  readonly picturesDir: string
}

/** Prepares the members' own pictures of a batch. Loads the picture library only when a row has one. */
export async function preparePictures(
  drafts: readonly CardDraft[],
  context: PictureContext,
): Promise<ReadonlyMap<CardDraft, PreparedDraft>> {
  const waiting = drafts.filter((draft) => draft.pictures !== undefined)
  const prepared = new Map<CardDraft, PreparedDraft>()
  if (waiting.length === 0) return prepared
  const next = waiting.values()
  const work = async (): Promise<void> => {
    for (const draft of next) prepared.set(draft, await prepareDraft(draft, context))
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, work))
  return prepared
}

async function prepareDraft(draft: CardDraft, { design, csv, picturesDir }: PictureContext): Promise<PreparedDraft> {
  const { prepareMemberPicture } = await import('../cards/pictures/prepare-member-picture.js')
  const pictures: Record<string, string> = {}
  const problems: RowProblem[] = []
  for (const [name, file] of Object.entries(draft.pictures ?? {})) {
    const image = name as MemberImage
    const result = await prepareMemberPicture({ file, image, baseDir: dirname(csv), style: design.style, picturesDir })
    if (result.ok) pictures[image] = result.id
    else {
      const column = design.config.pictures[image]?.column ?? image
      problems.push({ line: draft.line, column, value: file, reason: result.reason })
    }
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, pictures }
}
