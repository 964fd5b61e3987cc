type Json = Readonly<Record<string, unknown>>

/** A place where two JSON values differ. */
export interface JsonDifference {
  /** Keys and indexes from the root, with `/` between. */
  readonly path: string
  /** Undefined where there is nothing. */
  readonly before: unknown
  readonly after: unknown
}

/**
 * Where two JSON values differ: objects are compared key by key in whatever order they stand, arrays item by item.
 * An object or array that is only on one side is one difference.
 */
export function diffJson(before: unknown, after: unknown, path = ''): JsonDifference[] {
  if (sameJson(before, after)) return []
  if (isObject(before) && isObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)])
    return [...keys].flatMap((key) => diffJson(own(before, key), own(after, key), join(path, key)))
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const length = Math.max(before.length, after.length)
    return Array.from({ length }, (_, index) => index).flatMap((index) =>
      diffJson(before[index], after[index], join(path, String(index))),
    )
  }
  return [{ path, before, after }]
}

/** Whether two JSON values say the same, whatever the order of keys. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
    return a.every((item, index) => sameJson(item, b[index]))
  }
  if (!isObject(a) || !isObject(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson(own(a, key), own(b, key)))
  )
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A key such as `constructor` is none of an object that does not have it itself. */
export function own(object: Json, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

export function join(path: string, step: string): string {
  return path === '' ? step : `${path}/${step}`
}
