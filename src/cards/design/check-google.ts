import { closest } from '../../kit/closest.js'
import type { PassStyle } from './design.js'
import type { GoogleConfig } from './google-config.js'

export interface GoogleCheck {
  readonly config: GoogleConfig
  readonly style: PassStyle
  /** Keys of the fields in pass.json. */
  readonly onPass: ReadonlySet<string>
  /** Keys of the fields in design.yaml. */
  readonly fed: ReadonlySet<string>
  fail(path: (string | number)[], reason: string): Error
}

/** Fields that `google:` of design.yaml names must be there. Throws what `fail` makes. */
export function checkGoogle({ config, style, onPass, fed, fail }: GoogleCheck): void {
  const need = (path: (string | number)[], key: string, known: ReadonlySet<string>): void => {
    if (known.has(key)) return
    const near = closest(key, [...known])
    const hint = near === undefined ? '' : ` (did you mean "${near}"?)`
    throw fail(['google', ...path], `"google.${path.join('.')}" names the field "${key}", which there is not${hint}`)
  }
  const anywhere = new Set([...onPass, ...fed])

  const { type } = config
  if ((type === 'flight' || type === 'transit') && style !== 'boardingPass')
    throw fail(['google', 'type'], `only a boardingPass becomes a ${type}, and this design is a ${style}`)
  for (const name of ['title', 'subtitle'] as const) {
    const given = config[name]
    if (typeof given === 'object') need([name, 'field'], given.field, onPass)
  }
  for (const name of ['points', 'secondaryPoints', 'tier'] as const) {
    const key = config[name]
    if (key !== undefined) need([name], key, onPass)
  }
  for (const name of ['accountName', 'accountId', 'pin'] as const) {
    const key = config[name]
    if (key !== undefined && !(name === 'accountId' && key === 'serial')) need([name], key, anywhere)
  }
  for (const [row, keys] of (config.rows ?? []).entries())
    for (const [index, key] of keys.entries()) need(['rows', row, index], key, onPass)
  for (const [index, key] of (config.texts ?? []).entries()) need(['texts', index], key, onPass)
}
