import { z } from 'zod'
import { launchConfigSchema } from './schema.js'

/** One value that tessera.yaml may hold. */
export interface ConfigKey {
  /** Dotted path, such as `apple.teamIdentifier`. */
  readonly path: string
  /** The environment variable that replaces it, such as `TESSERA_APPLE_TEAM_IDENTIFIER`. */
  readonly env: string
  readonly description: string
  /** As text; undefined when there is none. */
  readonly default: string | undefined
}

interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly anyOf?: readonly SchemaNode[]
  readonly description?: string
  readonly default?: unknown
}

/** The JSON Schema of tessera.yaml as editors read it. */
export function configJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(launchConfigSchema, { io: 'input', target: 'draft-7' })
  return { ...schema, title: 'tessera.yaml' }
}

/** Every value of tessera.yaml, in the order of the file. `version` is fixed and therefore not among them. */
export function configKeys(): readonly ConfigKey[] {
  return leaves(configJsonSchema(), []).filter(({ path }) => path !== 'version')
}

/** `apple.teamIdentifier` -> `TESSERA_APPLE_TEAM_IDENTIFIER` */
export function envName(path: string): string {
  return `TESSERA_${path
    .replaceAll('.', '_')
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toUpperCase()}`
}

function leaves(node: SchemaNode, path: readonly string[]): ConfigKey[] {
  const children = [node, ...(node.anyOf ?? [])].flatMap((branch) => Object.entries(branch.properties ?? {}))
  if (children.length > 0) return children.flatMap(([name, child]) => leaves(child, [...path, name]))
  const dotted = path.join('.')
  return [
    {
      path: dotted,
      env: envName(dotted),
      description: node.description ?? '',
      default: node.default === undefined ? undefined : String(node.default),
    },
  ]
}
