import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const src = fileURLToPath(new URL('../src', import.meta.url))

/** `type`: gone at run time. `static`: loaded with the file. `dynamic`: loaded when that line is reached. */
type Kind = 'type' | 'static' | 'dynamic'

interface Import {
  readonly kind: Kind
  /** Path inside src/ such as `cards/model.ts`, or the name of a package. */
  readonly target: string
}

interface SourceFile {
  /** Path inside src/, with slashes. */
  readonly path: string
  readonly room: string
  readonly lines: number
  /** The text without comments. */
  readonly code: string
  readonly imports: readonly Import[]
}

const files: readonly SourceFile[] = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => read(path.replaceAll('\\', '/')))

function read(path: string): SourceFile {
  const text = readFileSync(join(src, path), 'utf8')
  const code = withoutComments(text)
  return {
    path,
    room: path.split('/')[0] ?? '',
    lines: text.split('\n').length - 1,
    code,
    imports: importsOf(path, code),
  }
}

/** Comments blanked out, strings kept: what stands in quotes is passed over, so `https://` starts no comment. */
function withoutComments(text: string): string {
  const quoted = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/
  const regex = /(?<=[=(,:!&|?;[{]\s*)\/(?![*/])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/
  const comment = /\/\*[\s\S]*?\*\/|\/\/[^\n]*/
  const parts = new RegExp(`(${quoted.source}|${regex.source})|${comment.source}`, 'g')
  return text.replaceAll(parts, (_all, kept: string | undefined) => kept ?? '')
}

function importsOf(path: string, code: string): Import[] {
  const found: Import[] = []
  const add = (kind: Kind, specifier: string): void => {
    const target = specifier.startsWith('.')
      ? posix.join(dirname(path), specifier).replace(/\.js$/, '.ts')
      : specifier.startsWith('node:')
        ? specifier
        : (/^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier)
    found.push({ kind, target })
  }
  for (const [, type, specifier = ''] of code.matchAll(/^(?:import|export)\s+(type\s)?[^'"`;]*?from\s+'([^']+)'/gm)) {
    add(type ? 'type' : 'static', specifier)
  }
  for (const [, specifier = ''] of code.matchAll(/^import\s+'([^']+)'/gm)) add('static', specifier)
  for (const [, before = '', specifier = ''] of code.matchAll(/([\w=>(]*\s*)\bimport\('([^']+)'\)/g)) {
    // `typeof import('…')` and `x: import('…').Y` are types; what is awaited or returned is loaded.
    add(/(?:await|return|=>)\s*$/.test(before) ? 'dynamic' : 'type', specifier)
  }
  // Files of a package, such as fonts, are found by its name.
  for (const [, specifier = ''] of code.matchAll(/\bresolve\([`']((?:@[a-z]|[a-z])[^`']*)[`']\)/g))
    add('dynamic', specifier)
  return found
}

const isPackage = (target: string): boolean => !target.endsWith('.ts') && !target.startsWith('node:')
const roomOf = (target: string): string => target.split('/')[0] ?? ''

/** Room -> the rooms that it may load. Types may be had from those and from the ones beside them. */
const MAY_LOAD: Readonly<Record<string, { readonly rooms: readonly string[]; readonly types?: readonly string[] }>> = {
  kit: { rooms: [] },
  store: { rooms: ['kit'] },
  jobs: { rooms: ['kit'], types: ['store'] },
  signing: { rooms: ['jobs', 'store', 'kit'] },
  cards: { rooms: ['jobs', 'store', 'kit'] },
  issuing: { rooms: ['cards', 'signing', 'jobs', 'store', 'kit'] },
  verifying: { rooms: ['cards', 'signing', 'jobs', 'store', 'kit'] },
  delivery: { rooms: ['cards', 'signing', 'jobs', 'store', 'kit'] },
  faces: { rooms: ['jobs', 'store', 'kit'] },
  http: { rooms: ['delivery', 'kit'] },
  app: { rooms: ['http', 'delivery', 'faces', 'issuing', 'verifying', 'cards', 'signing', 'jobs', 'store', 'kit'] },
  cli: {
    rooms: ['kit'],
    types: ['app', 'delivery', 'faces', 'issuing', 'verifying', 'cards', 'signing', 'jobs', 'store'],
  },
  commands: {
    rooms: ['cli', 'app', 'kit'],
    types: ['delivery', 'faces', 'issuing', 'verifying', 'cards', 'signing', 'jobs', 'store'],
  },
}

/** The door from the command line to the rest: it opens launches for all commands. */
const DOOR = 'cli/base-command.ts'

/** Package -> where it may be loaded; types of it may be used where the packages's values would do no harm. */
const PACKAGES: Readonly<Record<string, RegExp>> = {
  '@oclif/core': /^(?:cli|commands)\//,
  inquirer: /^cli\/prompts\.ts$/,
  'better-sqlite3': /^store\/sqlite\//,
  kysely: /^(?:store|jobs|issuing|delivery)\//,
  fastify: /^http\//,
  pino: /^http\//,
  'prom-client': /^http\//,
  'lru-cache': /^delivery\//,
  sharp: /^(?:cards\/(?:pictures|preview|brand|import)|faces)\//,
  'onnxruntime-node': /^faces\//,
  '@vladmandic/human': /^faces\/backends\//,
  '@tensorflow/tfjs-core': /^faces\/backends\//,
  '@tensorflow/tfjs-converter': /^faces\/backends\//,
  '@tensorflow/tfjs-backend-wasm': /^faces\/backends\//,
  'opentype.js': /^cards\/fonts\//,
  '@fontsource/inter': /^cards\/fonts\//,
  'bwip-js': /^cards\/barcode\//,
  'node-forge': /^signing\/certs\//,
  'csv-parse': /^issuing\//,
  'csv-stringify': /^(?:issuing|faces\/evaluate)\//,
  yaml: /^(?:app\/(?:config|init)|cards\/design|faces\/models)\//,
  zod: /^(?:app\/config|cards\/design|delivery|faces\/models)\//,
  execa: /^app\//,
}

function problems(check: (file: SourceFile) => readonly string[]): string[] {
  return files.flatMap((file) => check(file).map((problem) => `${file.path}: ${problem}`))
}

describe('the scan itself', () => {
  test('finds files and tells the kinds of imports apart', () => {
    expect(files.length).toBeGreaterThan(150)
    const code = withoutComments(`import type { A } from './a.js'
import { type B, c } from '../cards/b.js' // from './never.js'
/* import './never.js' */
export * from './d.js'
import 'node:fs'
import {
  e,
} from '@oclif/core/flags'
type F = typeof import('./f.js')
interface G { g: import('./g.js').G }
const url = 'https://x' // await import('./never.js')
const pattern = /['"\`]\\/\\//g
const h = await import('./h.js')
const i = () => import('sharp')
`)
    expect(importsOf('app/x.ts', code)).toEqual([
      { kind: 'type', target: 'app/a.ts' },
      { kind: 'static', target: 'cards/b.ts' },
      { kind: 'static', target: 'app/d.ts' },
      { kind: 'static', target: '@oclif/core' },
      { kind: 'static', target: 'node:fs' },
      { kind: 'type', target: 'app/f.ts' },
      { kind: 'type', target: 'app/g.ts' },
      { kind: 'dynamic', target: 'app/h.ts' },
      { kind: 'dynamic', target: 'sharp' },
    ])
  })

  test('every import leads to a file', () => {
    const known = new Set(files.map(({ path }) => path))
    const missing = problems(({ imports }) =>
      imports.filter(({ target }) => target.endsWith('.ts') && !known.has(target)).map(({ target }) => target),
    )
    expect(missing).toEqual([])
  })
})

describe('rooms', () => {
  test('are those of the design', () => {
    expect([...new Set(files.map(({ room }) => room))].sort()).toEqual(Object.keys(MAY_LOAD).sort())
  })

  test('load only the rooms that they may', () => {
    const wrong = problems(({ path, room, imports }) => {
      const { rooms = [], types = [] } = MAY_LOAD[room] ?? {}
      return imports.flatMap(({ kind, target }) => {
        const other = roomOf(target)
        if (!target.endsWith('.ts') || other === room || rooms.includes(other)) return []
        if (kind === 'type' && types.includes(other)) return []
        if (path === DOOR && kind === 'dynamic' && other === 'app') return []
        return [`${kind} import of ${target}`]
      })
    })
    expect(wrong).toEqual([])
  })

  test('make no circle, of rooms or of files', () => {
    const rooms = new Map<string, Set<string>>()
    const loads = new Map<string, Set<string>>()
    for (const { path, room, imports } of files) {
      for (const { kind, target } of imports) {
        if (kind === 'type' || !target.endsWith('.ts') || path === DOOR) continue
        if (kind === 'static') loads.set(path, (loads.get(path) ?? new Set()).add(target))
        if (roomOf(target) !== room) rooms.set(room, (rooms.get(room) ?? new Set()).add(roomOf(target)))
      }
    }
    expect(circle(rooms)).toBeUndefined()
    expect(circle(loads)).toBeUndefined()
  })
})

/** The first circle that is found, as a path. */
function circle(edges: ReadonlyMap<string, ReadonlySet<string>>): string | undefined {
  const done = new Set<string>()
  const visit = (node: string, path: readonly string[]): string | undefined => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node].join(' -> ')
    if (done.has(node)) return undefined
    done.add(node)
    for (const next of edges.get(node) ?? []) {
      const found = visit(next, [...path, node])
      if (found !== undefined) return found
    }
    return undefined
  }
  for (const node of edges.keys()) {
    const found = visit(node, [])
    if (found !== undefined) return found
  }
  return undefined
}

describe('packages', () => {
  test('are loaded only where they belong', () => {
    const wrong = problems(({ path, imports }) =>
      imports
        .filter(({ kind, target }) => isPackage(target) && kind !== 'type' && !PACKAGES[target]?.test(path))
        .map(({ target }) => target),
    )
    expect(wrong).toEqual([])
  })

  test('are all dependencies, and all dependencies are used', () => {
    const { dependencies } = JSON.parse(readFileSync(join(src, '..', 'package.json'), 'utf8'))
    const used = new Set(files.flatMap(({ imports }) => imports.map(({ target }) => target)).filter(isPackage))
    // Plugins of oclif are named in package.json and loaded by it.
    const declared = Object.keys(dependencies).filter((name) => !name.startsWith('@oclif/plugin-'))
    expect([...used].sort()).toEqual(declared.sort())
  })

  test('of weight are not loaded with a command, the terminal or the kit', () => {
    const byPath = new Map(files.map((file) => [file.path, file]))
    const wrong: string[] = []
    const visited = new Set<string>()
    const visit = (path: string, from: readonly string[]): void => {
      if (visited.has(path)) return
      visited.add(path)
      for (const { kind, target } of byPath.get(path)?.imports ?? []) {
        if (kind !== 'static') continue
        if (isPackage(target) && target !== '@oclif/core') wrong.push([...from, path, target].join(' -> '))
        else if (target.endsWith('.ts')) visit(target, [...from, path])
      }
    }
    for (const { path, room } of files)
      if (['commands', 'cli', 'kit'].includes(room) && path !== 'cli/prompts.ts') visit(path, [])
    expect(wrong).toEqual([])
  })

  test('of commands come by one function of app, loaded when the command runs', () => {
    const wrong = problems(({ room, imports }) =>
      room === 'commands'
        ? imports
            .filter(({ kind, target }) => kind === 'static' && roomOf(target) === 'app')
            .map(({ target }) => target)
        : [],
    )
    expect(wrong).toEqual([])
  })

  test('of signing workers are few: they draw no pictures and ask no database', () => {
    const byPath = new Map(files.map((file) => [file.path, file]))
    const seen = new Set<string>()
    const visit = (path: string): void => {
      if (seen.has(path)) return
      seen.add(path)
      for (const { kind, target } of byPath.get(path)?.imports ?? []) if (kind === 'static') visit(target)
    }
    visit('issuing/sign-worker.ts')
    const heavy = ['sharp', 'better-sqlite3', 'kysely', 'node-forge', 'csv-parse']
    expect(seen.size).toBeGreaterThan(5)
    expect(heavy.filter((name) => seen.has(name))).toEqual([])
  })
})

describe('the world outside', () => {
  /** Pattern -> the files that may. */
  const RESERVED: readonly [title: string, pattern: RegExp, allowed: RegExp][] = [
    ['the environment and the working directory are read', /\bprocess\.(?:env|cwd)\b/, /^app\//],
    ['the streams of the terminal are touched', /\bprocess\.(?:stdout|stderr|stdin)\b/, /^cli\//],
    ['the console is used', /\bconsole\./, /^$/],
    ['the exit code is set', /\bprocess\.exitCode\b/, /^cli\//],
    ['the process is ended', /\bprocess\.(?:exit\(|abort|kill|reallyExit)/, /^$/],
    ['the arguments are read', /\bprocess\.argv\b/, /^cli\/main\.ts$/],
    ['signals are listened for', /\bprocess\.(?:on|once|off)\(/, /^cli\//],
    ['another program is run', /\bnode:child_process\b|\bfrom 'execa'|import\('execa'\)/, /^app\//],
    ['code is made of text', /\beval\(|\bnew Function\(/, /^$/],
  ]

  test.each(RESERVED)('%s only where that is allowed', (_title, pattern, allowed) => {
    expect(files.filter(({ path, code }) => pattern.test(code) && !allowed.test(path)).map(({ path }) => path)).toEqual(
      [],
    )
  })
})

describe('size', () => {
  test('no file has over 300 lines', () => {
    expect(files.filter(({ lines }) => lines > 300).map(({ path, lines }) => `${path}: ${lines}`)).toEqual([])
  })

  test('half of the commands have under 60', () => {
    const lines = files
      .filter(({ room }) => room === 'commands')
      .map((file) => file.lines)
      .sort((a, b) => a - b)
    expect(lines[Math.floor(lines.length / 2)]).toBeLessThan(60)
  })
})

describe('names', () => {
  test('files are in kebab-case, and only commands and hooks have a default export', () => {
    const odd = files.filter(({ path }) => !/^(?:[a-z0-9]+(?:-[a-z0-9]+)*\/)*[a-z0-9]+(?:-[a-z0-9]+)*\.ts$/.test(path))
    expect(odd.map(({ path }) => path)).toEqual([])
    const defaults = files.filter(
      ({ path, code }) => /^export default/m.test(code) && !/^(?:commands\/|cli\/hooks\/|cli\/help)/.test(path),
    )
    expect(defaults.map(({ path }) => path)).toEqual([])
  })
})
