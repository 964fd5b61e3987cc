// docs/conformance.md: every rule of `tessera conformance`.

const NOTE = '<!-- Made by `npm run docs` from the program. Do not edit. -->'
const LEVELS = {
  must: [
    'Apple’s documents say so, and phones break, or the card is open to strangers, when it does not hold.',
    'failed, exit code 6',
  ],
  should: ['No document says it in so many words, but services without it lose updates or fall over.', 'warned of'],
  optional: ['Only some clients need it: readers on Android, HEAD.', 'warned of'],
}

/** Pair of path and text. */
export async function conformancePage() {
  const { ruleDocs } = await import(new URL('../../dist/delivery/conformance/rules.js', import.meta.url))
  const rules = ruleDocs()
  const groups = [...Map.groupBy(rules, ({ id }) => id.slice(0, id.indexOf('.')))]
  const parts = [
    NOTE,
    '# What a Wallet web service has to do',
    `${rules.length} rules, each with a name that never changes. [\`tessera conformance\`](commands/conformance.md) tries them on any service, ours or a stranger’s; \`tessera conformance --explain\` says at the terminal what stands here. How to run it: [the guide](guides/conformance.md).`,
    `| level | meaning | when it does not hold |\n| --- | --- | --- |\n${Object.entries(LEVELS)
      .map(([level, [meaning, outcome]]) => `| ${level} | ${meaning} | ${outcome} |`)
      .join('\n')}`,
    ...groups.flatMap(([group, own]) => [`## ${group}`, ...own.map(ruleSection)]),
  ]
  return ['docs/conformance.md', `${parts.join('\n\n')}\n`]
}

function ruleSection({ id, level, title, protocol, phone, seen, source }) {
  const lines = [
    `- The protocol: ${text(protocol)}`,
    `- A phone: ${text(phone)}`,
    ...(seen === undefined ? [] : [`- Seen in: ${text(seen)}`]),
    `- Source: ${text(source)}.`,
  ]
  return `### ${id}\n\n${text(title)}. *${level}*\n\n${lines.join('\n')}`
}

/** Angle brackets would be taken for HTML. */
function text(value) {
  return value.replaceAll('<', '&lt;')
}
