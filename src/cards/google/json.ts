import type { JsonObject } from './types.js'

export function objectOf(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Without members that say nothing: undefined, and lists and objects that are empty. */
export function compact(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).filter(
      ([, value]) =>
        value !== undefined &&
        !(Array.isArray(value) && value.length === 0) &&
        !(objectOf(value) !== undefined && Object.keys(value as object).length === 0),
    ),
  )
}

/** Members of the second over those of the first; objects are merged, everything else replaced. */
export function overlay(base: JsonObject, over: JsonObject): JsonObject {
  const result: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(over)) {
    const [own, given] = [objectOf(result[key]), objectOf(value)]
    // `__proto__` as a key would change the object instead of becoming a member.
    if (key === '__proto__') continue
    result[key] = own !== undefined && given !== undefined && Object.hasOwn(result, key) ? overlay(own, given) : value
  }
  return result
}
