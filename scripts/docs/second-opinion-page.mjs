// docs/second-opinion.md, from the table that test/cards/check/second-opinion.test.ts holds both programs to.
import { SECOND_OPINION_PASS, SECOND_OPINIONS } from '../../test/cards/check/second-opinion.ts'

const NOTE = '<!-- Made by `npm run docs` from test/cards/check/second-opinion.ts. Do not edit. -->'

export function secondOpinionPage() {
  const differ = SECOND_OPINIONS.filter(({ right }) => right !== undefined)
  const winners = Map.groupBy(differ, ({ right }) => right)
  const sums = [...winners].map(([right, own]) => `${own.length} × ${right}`).join(', ')
  const rows = SECOND_OPINIONS.map(
    ({ design, ours, theirs, right, why }, index) =>
      `| ${index + 1} | ${cell(design)} | ${ours === undefined ? 'fine' : link(ours)} | ${theirs} | ${right ?? 'they agree'} | ${cell(why ?? '')} |`,
  )
  const parts = [
    NOTE,
    '# A second opinion',
    'passkit-generator 3.6 is the library for passes that Node programs use most; it checks pass.json against a schema when it reads it. Forty designs, good and bad, were given to both. A test holds this table to what the two programs do.',
    `They agree on ${SECOND_OPINIONS.length - differ.length} and differ on ${differ.length}. Who is right there: ${sums}. “Each in its place” means that passkit-generator mends the value while it makes the pass, which helps only those who make their passes with it.`,
    'What passkit-generator rejects it drops with a line on the console and goes on without; “fine” means that `tessera design check` has nothing but advice.',
    `| | design | Tessera | passkit-generator | who is right | why |\n| --- | --- | --- | --- | --- | --- |\n${rows.join('\n')}`,
    'All of them are variations of this one:',
    `\`\`\`json\n${JSON.stringify(SECOND_OPINION_PASS, null, 2)}\n\`\`\``,
  ]
  return `${parts.join('\n\n')}\n`
}

function link(rule) {
  return `[${rule}](rules/${rule.split('.')[0]}.md#${rule.replaceAll('.', '')})`
}

function cell(value) {
  return value.replaceAll('<', '&lt;').replaceAll('|', '\\|')
}
