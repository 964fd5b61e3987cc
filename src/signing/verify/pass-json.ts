import type { Findings } from './findings.js'

/** What verification needs of pass.json; undefined where it is missing or not text. */
export interface PassJson {
  readonly passTypeIdentifier: string | undefined
  readonly teamIdentifier: string | undefined
  readonly serialNumber: string | undefined
}

const PLACE = 'pass.json'

/** Reads pass.json as leniently as Wallet does, reporting what other readers stumble over. */
export function readPassJson(bytes: Uint8Array | undefined, findings: Findings): PassJson | undefined {
  if (bytes === undefined) {
    findings.error('pass.missing', 'is missing: this is not a pass', PLACE)
    return undefined
  }
  const text = Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\ufeff/, '')
  const parsed = parse(text) ?? parseLeniently(text, findings)
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    findings.error('pass.parse', 'is not a JSON object', PLACE)
    return undefined
  }
  const pass = parsed as Record<string, unknown>
  const read = (key: keyof PassJson): string | undefined => {
    const value = pass[key]
    if (typeof value === 'string' && value !== '') return value
    findings.error('pass.required', `has no ${key}`, PLACE)
    return undefined
  }
  return {
    passTypeIdentifier: read('passTypeIdentifier'),
    teamIdentifier: read('teamIdentifier'),
    serialNumber: read('serialNumber'),
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Apple's parser forgives a comma before a closing bracket; one of Apple's own samples has it. */
function parseLeniently(text: string, findings: Findings): unknown {
  const parsed = parse(
    text.replace(/("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])/g, (_, quoted: string | undefined) => quoted ?? ''),
  )
  if (parsed !== undefined) {
    findings.warning('pass.comma', 'has a comma before a closing bracket, which most programs refuse', PLACE)
  }
  return parsed
}
