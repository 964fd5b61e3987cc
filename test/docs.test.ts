import { glob, mkdir, readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { execa } from 'execa'
import { beforeAll, describe, expect, test } from 'vitest'
import { EXAMPLE_RULES } from './support/example-rules.js'
import { tempDir } from './support/temp-dir.js'
import { copyLaunch, makeShell, prepareLaunch, type ShellRun } from './support/tessera.js'

interface ManifestCommand {
  readonly id: string
  readonly summary?: string
  readonly description?: string
  readonly hidden?: boolean
  readonly flags: Readonly<Record<string, { char?: string; type: string; allowNo?: boolean }>>
  readonly examples?: readonly (string | { description: string; command: string })[]
}

const root = new URL('..', import.meta.url).pathname
const manifest = JSON.parse(await readFile(join(root, 'oclif.manifest.json'), 'utf8')) as {
  commands: Readonly<Record<string, ManifestCommand>>
}
const commands = Object.values(manifest.commands).filter(({ hidden }) => hidden !== true)
const examples = commands.flatMap((command) =>
  (command.examples ?? []).map((example) => {
    const line = typeof example === 'string' ? example : example.command
    return line
      .replaceAll('<%= config.bin %>', 'tessera')
      .replaceAll('<%= command.id %>', command.id.replaceAll(':', ' '))
  }),
)

const temp = await tempDir('docs')
/** Shared, so that the models for faces are converted once. */
const HOME = `export HOME="$PWD" XDG_CACHE_HOME="${join(temp, 'cache')}"`
let shell: (script: string, cwd: string) => Promise<ShellRun>
let launch = ''
let copies = 0

beforeAll(async () => {
  shell = await makeShell(temp)
  launch = await prepareLaunch(temp)
})

test('the generated pages tell what the program does', async () => {
  const { exitCode, stdout } = await execa(process.execPath, [join(root, 'scripts', 'docs.mjs'), '--check'], {
    reject: false,
  })
  expect({ exitCode, stale: stdout }).toEqual({ exitCode: 0, stale: '' })
})

describe.each(commands.map((command) => [command.id, command] as const))('%s', (_id, command) => {
  test('has a summary, a description and two examples', () => {
    expect(command.summary).toMatch(/\.$/)
    expect(command.description).toBeTruthy()
    expect(command.examples?.length ?? 0).toBeGreaterThanOrEqual(2)
    for (const example of command.examples ?? []) expect(example).toMatchObject({ description: expect.any(String) })
  })
})

test('no rule for an example that there is not', async () => {
  const lines = [...examples, ...(await allBlocks()).flatMap(({ lines: own }) => own)]
  expect(Object.keys(EXAMPLE_RULES).filter((line) => !lines.includes(line))).toEqual([])
})

describe('examples of the help', () => {
  test.each(examples)('%s: its flags exist', (line) => {
    const command = commandOf(line)
    const known = Object.entries(command.flags).flatMap(([name, { char, allowNo }]) => [
      `--${name}`,
      ...(char === undefined ? [] : [`-${char}`]),
      ...(allowNo === true ? [`--no-${name}`] : []),
    ])
    const used = line.replaceAll(/"[^"]*"|'[^']*'/g, '').match(/(?<=\s)--?[a-z][a-z-]*/g) ?? []
    expect(known).toEqual(expect.arrayContaining(used))
  })

  const run = examples.filter((line) => EXAMPLE_RULES[line]?.skip === undefined)
  test.concurrent.each(run)('%s: runs', async (line) => {
    const { setup = '', exit = 0 } = EXAMPLE_RULES[line] ?? {}
    const copy = await copyLaunch(launch, join(temp, `copy-${copies++}`))
    const result = await shell(`set -e\n${HOME}\n${setup}\n${line}`, copy)
    expect(result, `${result.stdout}\n${result.stderr}`).toMatchObject({ exitCode: exit })
  })
})

test('every link between the pages leads somewhere', async () => {
  const broken: string[] = []
  for await (const file of glob(['*.md', 'docs/**/*.md'], { cwd: root })) {
    const text = await readFile(join(root, file), 'utf8')
    for (const [, target = ''] of text.matchAll(/\]\((?!https?:)([^)#\s]+)/g)) {
      const found = await stat(join(root, dirname(file), target)).catch(() => undefined)
      if (found === undefined) broken.push(`${file}: ${target}`)
    }
  }
  expect(broken).toEqual([])
})

interface Block {
  readonly file: string
  readonly lines: readonly string[]
}

/** The ```sh blocks of README.md and the guides; those of one file are one story. */
async function allBlocks(): Promise<Block[]> {
  const files = ['README.md']
  for await (const guide of glob('docs/guides/*.md', { cwd: root })) files.push(guide)
  return Promise.all(files.map(async (file) => ({ file, lines: shellLines(await readFile(join(root, file), 'utf8')) })))
}

/** Lines beginning with tessera, npx tessera or cd, of fences ```sh but not ```sh no-run. */
function shellLines(markdown: string): string[] {
  return [...markdown.matchAll(/^ *```sh *\n([\s\S]*?)^ *```/gm)].flatMap(([, block = '']) =>
    block
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => /^([A-Z_]+=\S+ )?(npx tessera|tessera|cd) /.test(line)),
  )
}

const blocks = (await allBlocks()).filter(({ lines }) => lines.length > 0)

/** Some forty programs, one after another, while the other stories run. */
const STORY_LIMIT = 240_000

test.concurrent.each(blocks)(
  'the commands of $file run, one after another',
  async ({ file, lines }) => {
    // The README begins with nothing; a guide begins in a launch.
    const cwd = join(temp, `story-${copies++}`)
    if (file === 'README.md') await mkdir(cwd)
    else await copyLaunch(launch, cwd)
    let folder = cwd
    for (const line of lines) {
      const rule = EXAMPLE_RULES[line] ?? {}
      if (rule.skip !== undefined) continue
      const script = `${HOME}\n${rule.setup ?? ''}\n${line}\ncode=$?; pwd >"${cwd}.pwd"; exit $code`
      const result = await shell(script, folder)
      expect(result, `${file}: ${line}\n${result.stdout}\n${result.stderr}`).toMatchObject({ exitCode: rule.exit ?? 0 })
      folder = (await readFile(`${cwd}.pwd`, 'utf8')).trim()
    }
  },
  STORY_LIMIT,
)

function commandOf(line: string): ManifestCommand {
  const words = line.split(' ').slice(1)
  for (let length = words.length; length > 0; length--) {
    const found = manifest.commands[words.slice(0, length).join(':')]
    if (found !== undefined) return found
  }
  throw new Error(`${line} names no command`)
}
