import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { checkDesignFolder } from '../../../src/cards/check/check-folder.js'
import { createCheckInput } from '../../../src/cards/check/check-input.js'
import { checkPass } from '../../../src/cards/check/check-pass.js'
import { readPassText } from '../../../src/cards/pass/read-pass-text.js'
import type { Finding } from '../../../src/kit/findings.js'
import { temporaryFolder } from '../design-folder.js'
import { type Files, GOOD_DESIGNS, type GoodDesign, type GoodName } from './good-designs.js'

/** Test time; the good designs expire and happen later. */
export const NOW = Date.parse('2027-01-15T12:00:00Z')

/** What is done to a good design. */
export interface Change {
  /** Pointer into pass.json -> what is put there. */
  readonly set?: Readonly<Record<string, unknown>>
  /** Pointers into pass.json. */
  readonly remove?: readonly string[]
  /** On the text of pass.json. */
  readonly text?: (text: string) => string | Uint8Array
  readonly yaml?: (yaml: string) => string
  /** Files added or replaced; undefined removes one. */
  readonly files?: () => Promise<Readonly<Record<string, string | Uint8Array | undefined>>>
  readonly currency?: string
}

export async function changedDesign(
  base: GoodName,
  change: Change,
): Promise<GoodDesign & { passText: string | Uint8Array }> {
  const good: GoodDesign = await GOOD_DESIGNS[base]()
  const pass = structuredClone(good.pass)
  for (const [pointer, value] of Object.entries(change.set ?? {})) put(pass, pointer, value)
  for (const pointer of change.remove ?? []) put(pass, pointer, undefined)
  const text = JSON.stringify(pass, null, 2)
  const files = Object.entries({ ...good.files, ...(await change.files?.()) })
  return {
    pass,
    passText: change.text?.(text) ?? text,
    ...(good.yaml === undefined ? {} : { yaml: change.yaml?.(good.yaml) ?? good.yaml }),
    files: Object.fromEntries(files.filter(([, content]) => content !== undefined)) as Files,
  }
}

/** The folder of a changed design. */
export async function changedFolder(base: GoodName, change: Change): Promise<string> {
  const { passText, yaml = '', files } = await changedDesign(base, change)
  const dir = join(await temporaryFolder(), 'bonus.pkpasstemplate')
  const overrides = (await change.files?.()) ?? {}
  for (const [path, content] of Object.entries({
    'pass.json': passText,
    'design.yaml': yaml,
    ...files,
    ...overrides,
  })) {
    if (content === undefined) continue
    await mkdir(dirname(join(dir, path)), { recursive: true })
    await writeFile(join(dir, path), content)
  }
  return dir
}

export async function findingsOf(base: GoodName, change: Change = {}): Promise<readonly Finding[]> {
  const cacheDir = await temporaryFolder()
  if (base === 'finished') {
    const { passText, files } = await changedDesign(base, change)
    const pass = readPassText(Buffer.from(passText))
    if (!pass.ok) throw new Error(pass.reason)
    const bytes = new Map(Object.entries(files).map(([path, content]) => [path, Buffer.from(content)]))
    return checkPass(createCheckInput({ pass, files: bytes, now: NOW }))
  }
  const { currency = 'EUR' } = change
  const dir = await changedFolder(base, change)
  const options = { now: NOW, cacheDir, ...(currency === '' ? {} : { currency }) }
  return (await checkDesignFolder(dir, options)).findings
}

/** Sets what a pointer leads to; undefined removes it. Missing objects and lists on the way are made. */
export function put(root: Record<string, unknown>, pointer: string, value: unknown): void {
  const steps = pointer.split('/')
  const last = steps.pop() ?? ''
  let node = root as Record<string, unknown>
  for (const [index, step] of steps.entries()) {
    const next = steps[index + 1] ?? last
    node[step] ??= /^\d+$/.test(next) ? [] : {}
    node = node[step] as Record<string, unknown>
  }
  if (value !== undefined) node[last] = value
  else if (Array.isArray(node)) node.splice(Number(last), 1)
  else delete node[last]
}
