import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { AppError, isAppError } from '../../kit/errors/index.js'
import type { Finding, Place } from '../../kit/findings.js'
import { checkConfig } from '../design/check-config.js'
import { DESIGN_SUFFIX, type Design, PASS_STYLES, type PassStyle } from '../design/design.js'
import { type DesignConfig, toFieldSpecs } from '../design/design-config.js'
import { linePosition } from '../design/json-source.js'
import { hashDesign } from '../design/load-design.js'
import { type ConfigPosition, readDesignConfig } from '../design/read-config.js'
import { type DesignFolder, readDesignFolder } from '../design/read-files.js'
import type { PassFiles } from '../model.js'
import { type PassText, readPassText } from '../pass/read-pass-text.js'
import { createCheckInput } from './check-input.js'
import { checkPass, runRules, sortFindings, toFinding } from './check-pass.js'
import { ruleOf } from './rules.js'
import { listOf, objectOf } from './subject.js'
import type { CheckInput } from './types.js'

export interface CheckFolderOptions {
  readonly name?: string
  /** Epoch milliseconds. */
  readonly now: number
  /** ISO 4217 code of money fields whose design names none. */
  readonly currency?: string | undefined
  /** Where drawn stamp strips are kept. */
  readonly cacheDir: string
}

/** A design folder as it was read, and what was found. */
export interface CheckedFolder {
  readonly findings: readonly Finding[]
  /** Absent when pass.json cannot be read. */
  readonly input?: CheckInput
  readonly passBytes?: Uint8Array
}

/**
 * Checks a design folder, however broken it is: what cannot be read is a finding, and does not keep the rest from being
 * checked.
 *
 * @throws AppError DESIGN_NOT_FOUND, DESIGN_UNREADABLE when the disk says no
 */
export async function checkDesignFolder(dir: string, options: CheckFolderOptions): Promise<CheckedFolder> {
  const name = options.name ?? basename(dir, DESIGN_SUFFIX)
  const info = await stat(dir).catch(() => undefined)
  if (!info?.isDirectory()) throw new AppError('DESIGN_NOT_FOUND', `There is no design "${name}" (${dir}).`)

  const findings: Finding[] = []
  const report = (error: AppError) => findings.push(fromError('file.unusable', error))
  const folder = await readDesignFolder(dir, { report })
  const files = new Map([...folder.files].filter(([path]) => path !== 'pass.json' && path !== 'design.yaml'))

  const passBytes = folder.files.get('pass.json')
  if (passBytes === undefined) {
    findings.push(...finding('file.pass-missing', { file: 'pass.json' }, 'There is no pass.json.'))
    return { findings: sortFindings([...findings, ...(await withoutPass(files, options.now))]) }
  }
  const pass = readPassText(passBytes)
  // A pass of others, unzipped, has a manifest and nothing that feeds it.
  const isFinished = !folder.files.has('design.yaml') && folder.ignored.includes('manifest.json')
  const config = isFinished ? undefined : readConfig(dir, { folder, pass, findings })
  if (!pass.ok) {
    findings.push(...unreadable(pass))
    return { findings: sortFindings([...findings, ...(await withoutPass(files, options.now))]), passBytes }
  }
  const design = config === undefined ? undefined : toDesign({ dir, name, folder, pass, files, config: config.config })
  const input = createCheckInput({
    ...options,
    pass,
    files,
    design,
    isTemplate: !isFinished,
    config: config?.positionOf,
  })
  return { findings: sortFindings([...findings, ...(await checkPass(input))]), input, passBytes }
}

/** design.yaml, when there is one without a mistake. Mistakes become findings; those of single values do not stop the rest. */
function readConfig(
  dir: string,
  { folder, pass, findings }: { folder: DesignFolder; pass: PassText; findings: Finding[] },
): { config: DesignConfig; positionOf: ConfigPosition } | undefined {
  const bytes = folder.files.get('design.yaml')
  if (bytes === undefined) {
    findings.push(...finding('file.config', { file: 'design.yaml' }, MISSING_CONFIG))
    return undefined
  }
  try {
    const { config, positionOf } = readDesignConfig(dir, bytes)
    try {
      const { style, fieldKeys } = shapeOf(pass)
      if (pass.ok) checkConfig({ dir, config, fields: toFieldSpecs(config), fieldKeys, style, positionOf })
    } catch (error) {
      if (!isAppError(error)) throw error
      findings.push(fromError('file.config', error))
    }
    return { config, positionOf }
  } catch (error) {
    if (!isAppError(error)) throw error
    findings.push(fromError('file.config', error))
    return undefined
  }
}

const MISSING_CONFIG = 'There is no design.yaml, which says what columns feed which fields.'

interface DesignParts {
  readonly dir: string
  readonly name: string
  readonly folder: DesignFolder
  readonly files: PassFiles
  readonly pass: Extract<PassText, { ok: true }>
  readonly config: DesignConfig
}

/** The style and the field keys of a pass.json in whatever state. */
function shapeOf(pass: PassText): { style: PassStyle; fieldKeys: ReadonlySet<string> } {
  const json = pass.ok ? pass.json : {}
  const present = PASS_STYLES.filter((style) => json[style] !== undefined)
  const groups = present.flatMap((style) => Object.values(objectOf(json[style]) ?? {}))
  const keys = groups.flatMap((group) => listOf(group).map((field) => objectOf(field)?.key))
  return {
    style: present.includes('posterGeneric') ? 'posterGeneric' : (present[0] ?? 'generic'),
    fieldKeys: new Set(keys.filter((key) => typeof key === 'string')),
  }
}

/** The design as loadDesign would return it, also where that would refuse it. */
function toDesign({ dir, name, folder, files, pass, config }: DesignParts): Design {
  const empty = new Uint8Array()
  return {
    name,
    dir,
    passJson: pass.json,
    passText: pass.text,
    config,
    files,
    hash: hashDesign(folder.files),
    fields: toFieldSpecs(config),
    style: shapeOf(pass).style,
    sources: {
      passJson: folder.files.get('pass.json') ?? empty,
      designYaml: folder.files.get('design.yaml') ?? empty,
    },
    ignored: folder.ignored,
  }
}

/** The rules that look at files alone. */
function withoutPass(files: PassFiles, now: number): Promise<Finding[]> {
  const root = { kind: 'object', start: 0, end: 2, members: [] } as const
  const pass = { ok: true, text: '{}', root: () => root, json: {}, slips: [] } as const
  return runRules(createCheckInput({ pass, files, now }), ({ needs }) => needs === 'files')
}

function unreadable({ text, reason, offset, rule }: Extract<PassText, { ok: false }>): Finding[] {
  const place = { file: 'pass.json', ...(offset === undefined ? {} : linePosition(text, offset)) }
  const message = `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`
  return finding(rule, place, message)
}

/** What loading says about a file, without the folder and place in front, which the finding has beside it. */
function fromError(rule: string, error: AppError): Finding {
  const { file = 'design.yaml', line, column } = (error.details ?? {}) as Partial<Place>
  const place = { file, ...(line === undefined || column === undefined ? {} : { line, column }) }
  const reason = error.message.replace(/^\S+?\.pkpasstemplate\/\S+(?: line \d+, column \d+)?:? /, '')
  // A reason without a subject is about the file; a file's name keeps its own letters.
  const isAboutFile = /^(?:is|has)\b/.test(reason)
  const message = isAboutFile ? `${file} ${reason}` : reason.charAt(0).toUpperCase() + reason.slice(1)
  const [found] = finding(rule, place, message)
  if (found === undefined) throw error
  const hint = error.hints?.[0]
  return hint === undefined ? found : { ...found, fix: hint }
}

function finding(id: string, at: Place, message: string): Finding[] {
  const rule = ruleOf(id)
  return rule === undefined ? [] : [toFinding(rule, { at, message })]
}
