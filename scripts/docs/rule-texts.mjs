// What the severity of a rule means for verdicts and exit codes, for the pages of the rules.

export const SEVERITY_TEXTS = [
  {
    severity: 'refused',
    meaning: 'Phones do not open the pass at all.',
    verify: '`invalid`, exit code 6',
    check: 'exit code 6',
  },
  {
    severity: 'refused-by-some',
    meaning: 'Some versions of Wallet, or some readers, do not open it or leave something essential out.',
    verify: '`valid`, exit code 0; 6 with `--strict`',
    check: 'exit code 6 with `--strict`',
  },
  {
    severity: 'shown-badly',
    meaning: 'It opens, but something is cut, missing, blurred or unreadable.',
    verify: '`valid`, exit code 0; 6 with `--strict`',
    check: 'exit code 6 with `--strict`',
  },
  {
    severity: 'advice',
    meaning: 'It works; it could be better.',
    verify: '`valid`, exit code 0',
    check: 'exit code 0',
  },
]

const BROKEN = 'makes the verdict `broken`'
const BROKEN_OR_INVALID = `${BROKEN} where nothing can be read, \`invalid\` otherwise`
const BROKEN_FOR_PASS_JSON = 'makes the verdict `invalid`, or `broken` where it is pass.json that cannot be read'

/** Rules that decide the verdict otherwise than by their severity (src/verifying/verdict.ts). */
const OWN_VERDICTS = {
  'certificate.expired': 'makes the verdict `expired` where all else holds, `invalid` otherwise',
  'signature.missing': 'makes the verdict `unsigned`',
  'archive.unreadable': BROKEN,
  'archive.empty': BROKEN,
  'archive.other-format': BROKEN,
  'archive.multi-part': BROKEN,
  'archive.too-many': BROKEN,
  'archive.mangled': BROKEN_OR_INVALID,
  'archive.truncated': BROKEN,
  'archive.directory': BROKEN_OR_INVALID,
  'archive.entry': BROKEN_FOR_PASS_JSON,
  'archive.encrypted': BROKEN_FOR_PASS_JSON,
  'archive.method': BROKEN_FOR_PASS_JSON,
  'archive.size': BROKEN_FOR_PASS_JSON,
  'archive.overlap': BROKEN_FOR_PASS_JSON,
  'archive.link': BROKEN_FOR_PASS_JSON,
  'file.pass-missing': BROKEN,
  'file.syntax': `${BROKEN}, since nothing can be read`,
  'file.too-large': `${BROKEN}, since nothing is read`,
  'file.encoding': BROKEN_OR_INVALID,
}

/** The sentence in the page of a rule. */
export function verdictText({ id, severity, reporters }) {
  const { verify, check } = SEVERITY_TEXTS.find((row) => row.severity === severity)
  const refused = severity === 'refused'
  const own = OWN_VERDICTS[id] ?? (refused ? 'makes the verdict `invalid`' : 'leaves the verdict as it is')
  const verifyPart = `\`pass verify\`: ${own}${refused ? '; exit code 6' : `; a pass with nothing graver is ${verify}`}`
  const checkPart = `\`design check\`: ${check}`
  const parts = { verify: verifyPart, check: checkPart }
  return `${reporters.map((name) => parts[name]).join('. ')}.`
}
