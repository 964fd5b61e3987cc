// Writes the reference pages of docs/ from the program itself. `--check` writes nothing and exits 1 when a page on
// disk is not what would be written. Needs a build.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { commandPages } from './docs/command-pages.mjs'
import { conformancePage } from './docs/conformance-page.mjs'
import { environmentPage, errorsPage, exitCodesPage, schemas } from './docs/reference-pages.mjs'
import { rulePages } from './docs/rule-pages.mjs'
import { secondOpinionPage } from './docs/second-opinion-page.mjs'
import { makeManifest } from './manifest.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const pages = new Map([
  ...commandPages(await makeManifest(root), JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).oclif.topics),
  ['docs/errors.md', await errorsPage()],
  ['docs/exit-codes.md', await exitCodesPage()],
  ['docs/environment.md', await environmentPage()],
  ...(await schemas()),
  ...(await rulePages()),
  await conformancePage(),
  ['docs/second-opinion.md', secondOpinionPage()],
])

// Folders that hold nothing but generated pages.
const onDisk = ['docs/commands', 'docs/rules'].flatMap((folder) => filesBelow(folder))
const surplus = onDisk.filter((path) => !pages.has(path))
const stale = [...pages].filter(([path, text]) => read(path) !== text).map(([path]) => path)

if (process.argv.includes('--check')) {
  for (const path of [...stale, ...surplus]) console.log(path)
  if (stale.length + surplus.length > 0) {
    console.error('These pages do not tell what the program does. Run: npm run docs')
    process.exitCode = 1
  }
} else {
  for (const path of surplus) {
    rmSync(join(root, path))
    if (readdirSync(dirname(join(root, path))).length === 0) rmdirSync(dirname(join(root, path)))
  }
  for (const path of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), pages.get(path))
    console.log(`written ${path}`)
  }
}

function filesBelow(folder) {
  if (!existsSync(join(root, folder))) return []
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
}

function read(path) {
  try {
    return readFileSync(join(root, path), 'utf8')
  } catch {
    return undefined
  }
}
