import { type JsonNode, JsonSourceError } from '../design/json-source.js'
import { DESIGN_LIMITS } from '../design/read-files.js'
import { decodeText } from './decode-text.js'
import { mendedText } from './mend-json.js'
import { plainJson } from './plain-json.js'
import { type ReadJson, readJson } from './read-json.js'
import type { Slip } from './slip.js'

export type PassText =
  | {
      readonly ok: true
      /** As decoded, without the byte order mark; slips are in it still. */
      readonly text: string
      readonly json: Readonly<Record<string, unknown>>
      readonly slips: readonly Slip[]
      /** The values with their places in the text; found out when first asked for. */
      root(): JsonNode
    }
  | {
      readonly ok: false
      readonly text: string
      readonly rule: 'file.syntax' | 'file.encoding' | 'file.too-large'
      /** What is wrong, without a full stop. */
      readonly reason: string
      /** Absent when the whole file is concerned. */
      readonly offset?: number
    }

/** Bytes of a pass.json that are read. */
export const PASS_TEXT_LIMIT = DESIGN_LIMITS.fileBytes

/**
 * Reads pass.json as far as it can be read, in whatever encoding, and reports what strict readers would refuse as
 * slips. Never throws. Of equal keys the last counts, as in JSON.parse.
 */
export function readPassText(bytes: Uint8Array): PassText {
  if (bytes.length > PASS_TEXT_LIMIT)
    return { ok: false, text: '', rule: 'file.too-large', reason: 'pass.json is larger than 4 MB' }
  const { text, slip } = decodeText(bytes)
  const ofFile: Slip[] = slip === undefined ? [] : [{ ...slip, start: 0, end: 0, edits: [] }]
  const plain = plainJson(text)
  if (plain !== undefined && isObject(plain)) {
    let read: ReadJson | undefined
    return {
      ok: true,
      text,
      json: plain,
      slips: ofFile,
      root() {
        read ??= readJson(text)
        return read.root
      },
    }
  }
  try {
    const { root, slips } = readJson(text)
    if (root.kind !== 'object')
      return {
        ok: false,
        text,
        rule: 'file.syntax',
        reason: 'pass.json must be an object, in braces',
        offset: root.start,
      }
    const json = JSON.parse(mendedText(text, slips)) as Record<string, unknown>
    return { ok: true, text, json, slips: [...ofFile, ...slips], root: () => root }
  } catch (error) {
    if (!(error instanceof JsonSourceError)) throw error
    if (slip?.kind === 'not-utf-8')
      return { ok: false, text, rule: 'file.encoding', reason: 'pass.json is not UTF-8 text' }
    if (error.message.startsWith('more than'))
      return { ok: false, text, rule: 'file.too-large', reason: `pass.json holds ${error.message}` }
    return { ok: false, text, rule: 'file.syntax', reason: error.message, offset: error.offset }
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
