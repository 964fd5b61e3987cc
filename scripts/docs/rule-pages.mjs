// docs/rules/: one page for every rule of `tessera pass verify` and `tessera design check`, one for every group of rules,
// and an index of all by group and by severity.
import { SEVERITY_TEXTS, verdictText } from './rule-texts.mjs'

const NOTE = '<!-- Made by `npm run docs` from the program. Do not edit. -->'
const VERIFY = '[`tessera pass verify`](../commands/pass.md)'
const CHECK = '[`tessera design check`](../commands/design.md)'

/** Pairs of path and text. */
export async function rulePages() {
  const { VERIFY_RULE_GROUPS } = await load('verifying/rules.js')
  const { ALL_RULES } = await load('cards/check/rules.js')
  const content = new Map(ALL_RULES.map((rule) => [rule.id, rule]))
  const groups = VERIFY_RULE_GROUPS.map((group) => ({
    ...group,
    rules: group.rules.map((rule) => ({ ...rule, reporters: reportersOf(rule, content) })),
  }))
  return [
    ['docs/rules/README.md', indexPage(groups)],
    ...groups.map((group) => [`docs/rules/${group.id}.md`, groupPage(group)]),
    ...groups.flatMap((group) => group.rules.map((rule) => [`docs/rules/${pathOf(rule)}`, rulePage(rule, group)])),
  ]
}

/** Found while the folder of a design is read; a finished pass has neither design.yaml nor strange files. */
const FOLDER_RULES = new Set(['file.config', 'file.unusable'])

/** Which commands report it: what is signed is judged by `pass verify`, what needs a design.yaml by `design check`. */
function reportersOf({ id }, content) {
  const rule = content.get(id)
  if (rule === undefined) return ['verify']
  return rule.needs === 'design' || FOLDER_RULES.has(id) ? ['check'] : ['verify', 'check']
}

function indexPage(groups) {
  const rules = groups.flatMap((group) => group.rules)
  const bySeverity = SEVERITY_TEXTS.map(({ severity }) => {
    const own = rules.filter((rule) => rule.severity === severity)
    return `### ${severity}: ${own.length} rules\n\n${own.map((rule) => `[${rule.id}](${pathOf(rule)})`).join(' · ')}`
  })
  const byGroup = groups.map((group) => `### [${group.title}](${group.id}.md)\n\n${table(group.rules, '')}`)
  return page([
    '# What Tessera looks at in a pass',
    `${rules.length} rules, each with a name that never changes. ${link(VERIFY)} looks at finished passes, of any tool, and ${link(CHECK)} at designs. \`tessera pass explain RULE\` says at the terminal what these pages say. Why a pass does not open, by frequency: [the guide](../guides/verifying.md). Where another checker sees things differently: [a second opinion](../second-opinion.md).`,
    `| severity | meaning | \`pass verify\` | \`design check\` |\n| --- | --- | --- | --- |\n${SEVERITY_TEXTS.map(({ severity, meaning, verify, check }) => `| ${severity} | ${meaning} | ${verify} | ${check} |`).join('\n')}`,
    '## By group',
    ...byGroup,
    '## By severity',
    'The usual severity; where a case is milder or graver, the finding says so.',
    ...bySeverity,
  ])
}

function groupPage({ title, intro, rules }) {
  const sections = rules.map(
    (rule) => `## ${rule.id}\n\n${text(rule.title)} *${rule.severity}*. [More](${pathOf(rule)})`,
  )
  return page([`# ${title}`, intro, ...sections, '[All rules](README.md)'])
}

function rulePage(rule, group) {
  const { meaning } = SEVERITY_TEXTS.find(({ severity }) => severity === rule.severity)
  const reporters = rule.reporters.map((name) => (name === 'verify' ? link(VERIFY, '../') : link(CHECK, '../')))
  const related = group.rules.filter(({ id }) => id !== rule.id).map(({ id }) => `[${id}](${nameOf(id)}.md)`)
  return page([
    `# ${rule.id}`,
    text(rule.title),
    `| | |\n| --- | --- |\n| Severity | ${rule.severity}: ${meaning} |\n| Verdict and exit code | ${verdictText(rule)} |\n| Reported by | ${reporters.join(', ')} |`,
    `## What a phone does\n\n${text(rule.reason)}`,
    `## How to fix it\n\n${text(rule.fix)}`,
    ...(rule.command === undefined ? [] : [`\`\`\`text\n${rule.command}\n\`\`\``]),
    ...(rule.fixable ? ['`--fix` mends it where only one thing can be meant.'] : []),
    `## Such as\n\n\`\`\`text\n${rule.example}\n\`\`\``,
    `## Where the rule comes from\n\n${text(rule.source)}.`,
    ...(related.length === 0 ? [] : [`## Related rules\n\n${related.join(' · ')}`]),
    `[${group.title}](../${group.id}.md) · [All rules](../README.md)`,
  ])
}

function table(rules, to) {
  const rows = rules.map(
    (rule) =>
      `| [${rule.id}](${to}${pathOf(rule)}) | ${rule.severity} | ${rule.fixable ? 'yes' : ''} | ${cell(rule.title)} |`,
  )
  return `| rule | severity | \`--fix\` | what is wrong |\n| --- | --- | --- | --- |\n${rows.join('\n')}`
}

/** `picture.icon-scale` -> `picture/icon-scale.md`, below docs/rules. */
function pathOf({ id }) {
  return `${id.slice(0, id.indexOf('.'))}/${nameOf(id)}.md`
}

function nameOf(id) {
  return id.slice(id.indexOf('.') + 1)
}

/** The links above are written as from docs/rules. */
function link(markdown, up = '') {
  return markdown.replace('](', `](${up}`)
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

function load(path) {
  return import(new URL(`../../dist/${path}`, import.meta.url))
}
