import type { Design } from '../../cards/design/design.js'
import type { PassFiles } from '../../cards/model.js'
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
  /** What tells the languages that it is translated into. */
  readonly files: PassFiles
  /** The language that is shown when none is asked for. */
  readonly locale: string
  readonly warnings: readonly string[]
  bundle(locale: string): Promise<PassBundle>
}
