import { DESIGN_SCHEMA_FILE, designJsonSchema } from '../../cards/design/design-schema.js'
import { type FileReport, type WriteOptions, writeGenerated } from './write-files.js'

/** Puts the JSON Schema of design.yaml where the designs of a launch look for it. Throws LAUNCH_UNWRITABLE. */
export function writeDesignSchema(options: WriteOptions): Promise<FileReport> {
  return writeGenerated(DESIGN_SCHEMA_FILE, `${JSON.stringify(designJsonSchema(), null, 2)}\n`, options)
}
