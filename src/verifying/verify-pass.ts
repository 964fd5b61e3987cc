import { hash } from 'node:crypto'
import { createCheckInput } from '../cards/check/check-input.js'
import { checkPass, sortFindings, toFinding } from '../cards/check/check-pass.js'
import { ruleOf } from '../cards/check/rules.js'
import { PASS_STYLES } from '../cards/design/design.js'
import { linePosition } from '../cards/design/json-source.js'
import { type PassText, readPassText } from '../cards/pass/read-pass-text.js'
import type { Finding } from '../kit/findings.js'
import { createInternedBytes } from '../kit/interned-bytes.js'
import type { PassIdentity } from '../signing/verify/check-identity.js'
import { createFindings } from '../signing/verify/findings.js'
import { type PassSigner, verifySignature } from '../signing/verify/verify-signature.js'
import { readZip, ZIP_LIMITS, ZipError } from '../signing/verify/zip.js'
import { withEvidence } from './evidence.js'
import { verifyRule } from './rules.js'
import type { PassFacts, PassFinding, PassReport, VerifyOptions } from './types.js'
import { sentenceOf, verdictOf } from './verdict.js'

/** Verifies the bytes of a .pkpass as a phone does, and more. Never throws for what they hold. */
export async function verifyPass(bytes: Uint8Array, options: VerifyOptions): Promise<PassReport> {
  const findings = createFindings()
  try {
    const files = readZip(bytes, { findings, limits: options.limits ?? ZIP_LIMITS })
    return await verifyFiles(files, options, findings.list)
  } catch (error) {
    if (!(error instanceof ZipError)) throw error
    return unreadableReport(options.file, error, findings.list)
  }
}

/** @param problem - why there are no files; a text completes `The file cannot be opened: …` */
export function unreadableReport(file: string, problem: ZipError | string, found: readonly Finding[] = []): PassReport {
  const findings = createFindings()
  const { message, rule, evidence, fix } = typeof problem === 'string' ? new ZipError(problem) : problem
  findings.add(rule, {
    message: `The file cannot be opened: ${message}.`,
    ...(evidence !== undefined && { evidence }),
    ...(fix !== undefined && { fix }),
  })
  return toReport([...found, ...findings.list], { readable: false, signed: false }, { file })
}

/** What is wrong with a bundle of passes as such. */
export function bundleReport(file: string, found: readonly Finding[]): PassReport {
  return { ...toReport(found, { readable: true, signed: true }, { file }), bundle: true }
}

/**
 * Verifies the files of a pass, wherever they came from.
 *
 * @param found - what was noticed while they were read
 */
export async function verifyFiles(
  files: ReadonlyMap<string, Uint8Array>,
  options: VerifyOptions,
  found: readonly Finding[] = [],
): Promise<PassReport> {
  const now = options.now ?? Date.now()
  const bytes = files.get('pass.json')
  const text = bytes === undefined ? undefined : readPassText(bytes)
  const pass = text?.ok ? factsOf(text.json) : undefined
  const findings = createFindings()
  const signer = verifySignature(files, {
    trust: options.trust ?? [],
    now,
    identity: identityOf(pass, text, options),
    findings,
  })
  const content = options.content === false && text?.ok ? [] : await checkContent(text, files, now)
  return toReport(
    [...found, ...findings.list, ...content],
    { readable: pass !== undefined, signed: files.has('signature') || found.some(isOfSignature) },
    { ...options, pass, signer },
  )
}

/** A signature that is there but could not be unpacked. */
function isOfSignature({ place }: Finding): boolean {
  return place.file === 'signature'
}

const MADE_BY_SIGNING: ReadonlySet<string> = new Set(['pass.json', 'manifest.json', 'signature'])

async function checkContent(
  text: PassText | undefined,
  files: ReadonlyMap<string, Uint8Array>,
  now: number,
): Promise<readonly Finding[]> {
  if (text === undefined) return one('file.pass-missing', { file: 'pass.json' }, 'There is no pass.json.')
  if (!text.ok) {
    const place = text.offset === undefined ? {} : linePosition(text.text, text.offset)
    const message = `${text.reason.charAt(0).toUpperCase()}${text.reason.slice(1)}.`
    return withEvidence(one(text.rule, { file: 'pass.json', ...place }, message), text)
  }
  const shown = new Map(
    [...files].flatMap(([path, bytes]) => (MADE_BY_SIGNING.has(path) ? [] : [[path, shared(bytes)]])),
  )
  return withEvidence(await checkPass(createCheckInput({ pass: text, files: shown, now })), text)
}

/** Passes of one launch share pictures and strings files byte for byte; what is known of them is kept by the object. */
const interned = createInternedBytes(64 * 1024 * 1024)

function shared(bytes: Uint8Array): Uint8Array {
  return interned.of(hash('sha1', bytes, 'base64'), bytes)
}

function one(id: string, at: Finding['place'], message: string): Finding[] {
  const rule = ruleOf(id)
  return rule === undefined ? [] : [toFinding(rule, { at, message })]
}

function factsOf(json: Readonly<Record<string, unknown>>): PassFacts {
  const facts = ['serialNumber', 'passTypeIdentifier', 'teamIdentifier', 'organizationName', 'description'] as const
  const style = PASS_STYLES.filter((name) => json[name] !== undefined)
  const counts = style.includes('posterGeneric') ? 'posterGeneric' : style[0]
  return {
    ...Object.fromEntries(facts.flatMap((key) => (typeof json[key] === 'string' ? [[key, json[key]]] : []))),
    ...(counts === undefined ? {} : { style: counts }),
  }
}

/** What the certificate must agree with. That an identifier is missing is told by a rule of the content. */
function identityOf(
  pass: PassFacts | undefined,
  text: PassText | undefined,
  { content }: VerifyOptions,
): PassIdentity | undefined {
  if (pass === undefined || text?.ok !== true) return undefined
  const { json } = text
  const own = (key: 'passTypeIdentifier' | 'teamIdentifier') =>
    pass[key] ?? (content !== false && isMissing(json[key]) ? undefined : null)
  return {
    passTypeIdentifier: own('passTypeIdentifier'),
    teamIdentifier: own('teamIdentifier'),
    hasNfc: !isMissing(json.nfc),
  }
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null
}

interface Known extends VerifyOptions {
  readonly pass?: PassFacts | undefined
  readonly signer?: PassSigner | undefined
}

function toReport(
  found: readonly Finding[],
  state: { readable: boolean; signed: boolean },
  { file, pass, signer }: Known,
): PassReport {
  const findings = sortFindings(found).map(explain)
  const verdict = verdictOf(findings, state)
  return {
    file,
    verdict,
    sentence: sentenceOf(file, verdict, findings),
    findings,
    ...(pass === undefined ? {} : { pass }),
    ...(signer === undefined ? {} : { signer }),
  }
}

function explain(finding: Finding): PassFinding {
  const rule = verifyRule(finding.rule)
  return {
    ...finding,
    effect: rule?.reason ?? '',
    ...(rule?.command === undefined ? {} : { command: rule.command }),
  }
}
