type Json = Readonly<Record<string, unknown>>

/** Something that keeps a pass from taking the place of another on a phone, or from being updated later. */
export interface UpdateObstacle {
  /**
   * - `second-card`: the phone adds a card beside the old one.
   * - `no-update`: the old pass cannot be updated with the new one, or the new one never again.
   */
  readonly effect: 'second-card' | 'no-update'
  /** Key of pass.json, or `signingTime`. */
  readonly key: string
  /** A whole sentence. */
  readonly message: string
}

export interface Updatable {
  readonly json: Json
  /** Epoch milliseconds. */
  readonly signedAt?: number | undefined
}

const IDENTITY = ['passTypeIdentifier', 'serialNumber', 'teamIdentifier'] as const

/**
 * What keeps a phone from replacing one pass by the other. Apple, "Updating a Pass": a pass is known by its pass type
 * and serial number; its authentication token must not change.
 */
export function updateObstacles(before: Updatable, after: Updatable): UpdateObstacle[] {
  const found: UpdateObstacle[] = []
  for (const key of IDENTITY) {
    const [was, is] = [before.json[key], after.json[key]]
    if (was === is) continue
    const message = `${key} was ${told(was)} and is ${told(is)}: phones take it for another card and add it beside the old one.`
    found.push({ effect: 'second-card', key, message })
  }
  const no = (key: string, message: string): void => void found.push({ effect: 'no-update', key, message })
  const [oldToken, token] = [before.json.authenticationToken, after.json.authenticationToken]
  const [oldUrl, url] = [before.json.webServiceURL, after.json.webServiceURL]
  if (oldToken !== undefined && oldToken !== token)
    no(
      'authenticationToken',
      `authenticationToken is ${token === undefined ? 'gone' : 'another one'}; Apple forbids to change it.`,
    )
  if (oldUrl !== undefined && url === undefined)
    no('webServiceURL', 'webServiceURL is gone: with this version the phone stops asking for updates.')
  else if (oldUrl !== undefined && oldUrl !== url)
    no(
      'webServiceURL',
      `webServiceURL was ${told(oldUrl)} and is ${told(url)}: both must answer until every phone has the new one.`,
    )
  if (before.signedAt !== undefined && after.signedAt !== undefined && after.signedAt < before.signedAt)
    no(
      'signingTime',
      `The second was signed before the first, on ${day(after.signedAt)}, not after ${day(before.signedAt)}: are they swapped?`,
    )
  return found
}

function told(value: unknown): string {
  if (value === undefined) return 'missing'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 100 ? `${text.slice(0, 100)}…` : text
}

function day(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
