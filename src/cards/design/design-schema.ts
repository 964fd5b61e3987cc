import { z } from 'zod'
import { DESIGN_CONFIG } from './design-config.js'

/** Where the JSON Schema of design.yaml lies in a launch, for editors; designs name it by a comment in their first line. */
export const DESIGN_SCHEMA_FILE = '.tessera/design.schema.json'

/** The JSON Schema of design.yaml as editors read it. */
export function designJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(DESIGN_CONFIG, { io: 'input', target: 'draft-7' }), title: 'design.yaml' }
}
