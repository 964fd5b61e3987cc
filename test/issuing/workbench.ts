import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import { afterAll } from 'vitest'
import type { Design } from '../../src/cards/design/design.js'
import { loadDesign } from '../../src/cards/design/load-design.js'
import { issueMembers } from '../../src/issuing/issue-members.js'
import type { IssueDeps, IssuedItem, IssueInput, IssuePreview, IssueSummary } from '../../src/issuing/issue-types.js'
import { previewMembers } from '../../src/issuing/preview-members.js'
import type { JobEvent, JobWarning } from '../../src/kit/events.js'
import { makeDevelopmentCertificates } from '../../src/signing/certs/dev-authority.js'
import { writePem } from '../../src/signing/certs/pem.js'
import type { SigningIdentity } from '../../src/signing/identity.js'
import { openStore, type Store } from '../../src/store/index.js'
import { PASS, PIXEL } from '../cards/design-folder.js'
import { tempDir } from '../support/temp-dir.js'

export const SUBJECT = {
  passTypeIdentifier: 'pass.com.example.bonus',
  teamIdentifier: 'A1B2C3D4E5',
  organizationName: 'Nordlicht Coffee',
}
export const SERVICE = 'https://cards.example.com'
export const NOW = Date.parse('2027-03-01T09:00:00Z')

export interface Run {
  readonly events: readonly JobEvent<IssueSummary, IssuedItem>[]
  readonly state: 'done' | 'stopped'
  readonly summary: IssueSummary
  readonly warnings: readonly JobWarning[]
  readonly items: readonly IssuedItem[]
}

export interface RunOptions extends Partial<Omit<IssueInput, 'csv' | 'design'>> {
  readonly design?: string
  readonly workers?: number
  /** As tessera.yaml names it. */
  readonly organization?: string
  readonly signal?: AbortSignal
  /** Called at each event. */
  readonly onEvent?: (event: JobEvent<IssueSummary, IssuedItem>) => void
}

/** A launch without its command line: a store, certificates, designs, and the runs themselves. */
export interface Workbench {
  readonly dir: string
  readonly store: Store
  readonly identity: SigningIdentity
  path(...parts: string[]): string
  read(name: string): Promise<string>
  write(name: string, content: string | Uint8Array): Promise<string>
  /** Writes rows as a CSV. */
  table(name: string, rows: readonly (readonly unknown[])[], options?: { delimiter?: string }): Promise<string>
  design(name: string, yaml: string, pass?: unknown): Promise<void>
  issue(csv: string, options?: RunOptions): Promise<Run>
  preview(csv: string, options?: RunOptions): Promise<IssuePreview>
  /** All cards of the store by serial. */
  cards(): Promise<Map<string, Awaited<ReturnType<typeof allCards>>[number]>>
}

const allCards = (store: Store) => store.db.selectFrom('cards').selectAll().orderBy('id').execute()

/** Made once per test file. Call at its top level. */
export async function workbench(name: string): Promise<Workbench> {
  const dir = await tempDir(name)
  const path = (...parts: string[]): string => join(dir, ...parts)
  const made = await makeDevelopmentCertificates(SUBJECT, { now: new Date(), days: 365 })
  await writeFile(path('root.pem'), writePem('CERTIFICATE', made.root))
  const identity: SigningIdentity = {
    ...SUBJECT,
    leaf: made.leaf,
    issuer: made.intermediate,
    key: made.key,
    notBefore: 0,
    notAfter: Number.MAX_SAFE_INTEGER,
    development: true,
  }
  const store = await openStore({ dialect: 'sqlite', file: path('.tessera', 'store.db') })
  afterAll(() => store.close())

  const write = async (file: string, content: string | Uint8Array): Promise<string> => {
    await mkdir(dirname(path(file)), { recursive: true })
    await writeFile(path(file), content)
    return path(file)
  }
  const load = (design: string): Promise<Design> => loadDesign(path(`${design}.pkpasstemplate`))
  const inputOf = async (csv: string, { design = 'bonus', ...options }: RunOptions): Promise<IssueInput> => ({
    csv: path(csv),
    design: await load(design),
    map: options.map ?? new Map(),
    ifExists: options.ifExists ?? 'skip',
    encoding: options.encoding,
    delimiter: options.delimiter,
    out: options.out,
    zip: options.zip,
    links: options.links,
    items: options.items ?? false,
    command: `tessera issue ${csv}`,
  })
  const deps = (options: RunOptions): IssueDeps => ({
    store,
    identity,
    pass: {
      passTypeIdentifier: SUBJECT.passTypeIdentifier,
      teamIdentifier: SUBJECT.teamIdentifier,
      organizationName: options.organization ?? SUBJECT.organizationName,
      webServiceURL: SERVICE,
    },
    values: { locale: 'en', currency: 'EUR' },
    folders: {
      snapshots: path('.tessera/designs'),
      cache: path('.tessera/cache'),
      pictures: path('.tessera/pictures'),
    },
    workers: options.workers ?? 2,
    actor: 'tester',
    now: () => Date.now(),
    signal: options.signal ?? new AbortController().signal,
  })

  return {
    dir,
    store,
    identity,
    path,
    write,
    read: (file) => readFile(path(file), 'utf8'),
    table: (file, rows, { delimiter = ',' } = {}) => write(file, stringify(rows as unknown[][], { delimiter })),
    async design(design, yaml, pass = PASS) {
      const text = typeof pass === 'string' ? pass : JSON.stringify(pass, null, 2)
      const files = {
        'pass.json': text,
        'design.yaml': yaml,
        'icon.png': PIXEL,
        'icon@2x.png': PIXEL,
        'logo.png': PIXEL,
      }
      for (const [file, content] of Object.entries(files)) await write(join(`${design}.pkpasstemplate`, file), content)
    },
    async issue(csv, options = {}) {
      const events: JobEvent<IssueSummary, IssuedItem>[] = []
      for await (const event of issueMembers(await inputOf(csv, options), deps(options))) {
        events.push(event)
        options.onEvent?.(event)
      }
      const last = events.at(-1)
      if (last?.type !== 'summary') throw new Error('a job ends with its summary')
      return {
        events,
        state: last.state,
        summary: last.summary,
        warnings: events.filter((event) => event.type === 'warning'),
        items: events.flatMap((event) => (event.type === 'item' ? [event.item] : [])),
      }
    },
    preview: async (csv, options = {}) => previewMembers(await inputOf(csv, options), deps(options)),
    cards: async () => new Map((await allCards(store)).map((card) => [card.serial, card])),
  }
}

/** A design with a field of every type. */
export const EVERY_TYPE = `version: 1
title: Everything
serial: {column: card}
locale: {column: lang}
expires: {column: until}
fields:
  name: {type: text, required: true, maxLength: 20}
  points: {type: number, integer: true, min: 0, max: 1000000, default: "0"}
  spent: {type: money, currency: EUR, min: 0}
  born: {type: date}
  phone: {type: phone}
  mail: {type: email}
  site: {type: url}
  level: {type: enum, options: [Silver, Gold, Золото], default: Silver}
`

/** A design that is fed by name, balance and level, and derives serials from whole rows. */
export const BONUS = `version: 1
fields:
  name: {type: text, required: true, maxLength: 60}
  balance: {type: number, default: "0"}
  level: {type: enum, options: [Silver, Gold, Platinum], default: Silver}
`
