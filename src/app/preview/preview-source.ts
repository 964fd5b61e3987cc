import type { Design } from '../../cards/design/design.js'
import type { FieldValue, PassFiles } from '../../cards/model.js'
import type { PassBundle } from '../../cards/view/types.js'
import type { Watched } from './file-marks.js'

/** What is previewed: a design with sample values or with those of a card, or a finished pass. */
export interface PreviewSource {
  /** For titles and names of files. */
  readonly name: string
  /** Folder or file that must not be written to; absolute. */
  readonly place: string
  readonly watched: Watched
  /** Reads all anew. @throws AppError what is wrong with it */
  load(): Promise<LoadedSource>
}

export interface LoadedSource {
  readonly design?: Design
  /** Of the Google Wallet console, where tessera.yaml has it. */
  readonly issuerId?: string | undefined
  /** What tells the languages that it is translated into. */
  readonly files: PassFiles
  /** The language that is shown when none is asked for. */
  readonly locale: string
  readonly warnings: readonly string[]
  pass(locale: string): Promise<ShownPass>
}

/** What is shown in one language. */
export interface ShownPass {
  readonly bundle: PassBundle
  /** The values of the card, where it is one of a design. */
  readonly values?: Readonly<Record<string, FieldValue>>
}
