// docs/rules/: an index of what `tessera design check` looks at, and a page for every group of rules.

const NOTE = '<!-- Made by `npm run docs` from the program. Do not edit. -->'
const MEANINGS = [
  ['refused', 'Phones do not open the card at all. Exit code 6.'],
  [
    'refused-by-some',
    'Some versions of Wallet, or some readers, do not open it or leave something essential out. Exit code 6 with `--strict`.',
  ],
  ['shown-badly', 'It opens, but something is cut, missing, blurred or unreadable. Exit code 6 with `--strict`.'],
  ['advice', 'It works; it could be better. Never changes the exit code.'],
]

/** Pairs of path and text. */
export async function rulePages() {
  const { RULE_GROUPS } = await import(new URL('../../dist/cards/check/rules.js', import.meta.url))
  return [
    ['docs/rules/README.md', indexPage(RULE_GROUPS)],
    ...RULE_GROUPS.map((group) => [`docs/rules/${group.id}.md`, groupPage(group)]),
  ]
}

function indexPage(groups) {
  const sections = groups.map(({ id, title, rules }) => {
    const rows = rules.map(
      (rule) =>
        `| [${rule.id}](${id}.md#${anchor(rule)}) | ${rule.severity} | ${rule.repair ? 'yes' : ''} | ${cell(rule.title)} |`,
    )
    return `## [${title}](${id}.md)\n\n| rule | severity | \`--fix\` | what is wrong |\n| --- | --- | --- | --- |\n${rows.join('\n')}`
  })
  const count = groups.reduce((sum, { rules }) => sum + rules.length, 0)
  return page([
    '# What `tessera design check` looks at',
    `${count} rules, each with a name that never changes. \`tessera design check --explain RULE\` says the same at the terminal. Where another checker sees things differently: [a second opinion](../second-opinion.md).`,
    `| severity | meaning |\n| --- | --- |\n${MEANINGS.map(([name, meaning]) => `| ${name} | ${meaning} |`).join('\n')}`,
    ...sections,
  ])
}

function groupPage({ title, intro, rules }) {
  const sections = rules.map((rule) => {
    const mends = rule.repair ? '- `--fix`: mends it where only one thing can be meant.\n' : ''
    return (
      `## ${rule.id}\n\n${rule.title}\n\n` +
      `- Severity: ${rule.severity}\n- What a phone does: ${text(rule.reason)}\n- What to do: ${text(rule.fix)}\n${mends}- Source: ${text(rule.source)}\n\n` +
      `Such as:\n\n\`\`\`text\n${rule.example}\n\`\`\``
    )
  })
  return page([`# ${title}`, intro, ...sections, '[All rules](README.md)'])
}

/** What Markdown makes of a heading. */
function anchor({ id }) {
  return id.replaceAll('.', '')
}

/** Angle brackets would be taken for HTML. */
function text(value) {
  return value.replaceAll('<', '&lt;')
}

function cell(value) {
  return text(value).replaceAll('|', '\\|')
}

function page(parts) {
  return `${[NOTE, ...parts].join('\n\n')}\n`
}
