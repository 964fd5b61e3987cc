/** What a list says; of whatever else it is made, rules ask it the same. */
export interface UpdateList {
  /** Numbers as texts; in the order of the answer, with what is there twice. */
  readonly serials: readonly string[]
  /** As a text, also when the server sent a number, so that one bug does not break all rules; undefined when absent. */
  readonly tag: string | undefined
  /** What it is in JSON: `string`, `number`, `undefined` … */
  readonly tagType: string
}

/** Undefined when it is no JSON object with an array of serial numbers. Never throws. */
export function readList(body: Uint8Array): UpdateList | undefined {
  let json: unknown
  try {
    json = JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return undefined
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined
  const { serialNumbers, lastUpdated } = json as Readonly<Record<string, unknown>>
  if (!Array.isArray(serialNumbers)) return undefined
  const isTag = typeof lastUpdated === 'string' || typeof lastUpdated === 'number'
  return {
    serials: serialNumbers.map((serial: unknown) => String(serial)),
    tag: isTag ? String(lastUpdated) : undefined,
    tagType: lastUpdated === null ? 'null' : typeof lastUpdated,
  }
}
