// docs/errors.md, exit-codes.md, environment.md and the JSON Schemas of the configuration files.

const NOTE = '<!-- Made by `npm run docs` from the program. Do not edit. -->'
const dist = (path) => import(new URL(`../../dist/${path}`, import.meta.url))

export async function errorsPage() {
  const { errorPages } = await dist('app/reference/error-pages.js')
  const sections = errorPages().map(
    ({ code, title, cause, remedy, exit }) =>
      `## ${code}\n\n${title}\n\n- Why: ${cause}\n- What to do: ${remedy}\n- Exit code: [${exit}](exit-codes.md)`,
  )
  return page([
    '# Errors',
    'Every error that Tessera reports on purpose has a code. `tessera help errors CODE` shows the same at the terminal; with `--json` the code is `error.code`.',
    ...sections,
  ])
}

export async function exitCodesPage() {
  const { exitCodePages } = await dist('app/reference/exit-codes.js')
  const rows = exitCodePages().map(({ code, meaning, next }) => `| ${code} | ${meaning} | ${next} |`)
  return page([
    '# Exit codes',
    'A script treats a non-zero code that it does not know as a failure: new codes may come. Worth retrying without a change: 3 and 5.',
    `| code | meaning | what to do |\n| --- | --- | --- |\n${rows.join('\n')}`,
  ])
}

export async function environmentPage() {
  const { variablePages } = await dist('app/reference/variables.js')
  const rows = variablePages().map(
    ({ name, stands, meaning }) =>
      `| \`${name}\` | ${stands === '' ? '' : stands.replace(/^(\S+)/, '`$1`')} | ${meaning} |`,
  )
  return page([
    '# Environment variables',
    'A flag wins over its variable, a variable over `tessera.yaml`, and `tessera.yaml` over the default. `tessera config show --origin` tells which one it was.',
    `| variable | stands for | meaning |\n| --- | --- | --- |\n${rows.join('\n')}`,
  ])
}

export async function schemas() {
  const { configJsonSchema } = await dist('app/config/keys.js')
  const { designJsonSchema } = await dist('cards/design/design-schema.js')
  return [
    ['docs/schema/tessera.schema.json', json(configJsonSchema())],
    ['docs/schema/design.schema.json', json(designJsonSchema())],
  ]
}

function json(value) {
  return `${JSON.stringify(value, null, 2)}\n`
}

function page(parts) {
  return `${[NOTE, ...parts].join('\n\n')}\n`
}
