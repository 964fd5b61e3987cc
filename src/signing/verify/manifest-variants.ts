import { hash } from 'node:crypto'

/** One way in which a manifest may have been changed after it was signed. */
export interface ManifestVariant {
  /** What was signed, as part of a sentence: `with line ends CRLF`. */
  readonly what: string
  readonly fix: string
}

/** Of manifests that are compared in all their variants; Apple's have 1-3 KB. */
const LARGEST = 256 * 1024

const BOM = '\xef\xbb\xbf'

interface Form {
  readonly what: string
  readonly fix: string
  readonly change: (text: string) => string
}

const EXACT = 'Sign exactly the bytes that are put into the pass'
const LINE_ENDS: readonly Form[] = [
  {
    what: 'with line ends CRLF',
    fix: 'Sign with -binary (openssl turns line ends into CRLF without it), and write manifest.json in binary mode.',
    change: (text) => text.replaceAll(/\r?\n/g, '\r\n'),
  },
  {
    what: 'with line ends LF',
    fix: `${EXACT}: something turned its line ends into CRLF afterwards, such as git's autocrlf or text mode on Windows.`,
    change: (text) => text.replaceAll('\r\n', '\n'),
  },
]
const ENDS: readonly Form[] = [
  {
    what: 'without the final line end',
    fix: `${EXACT}: an editor or echo added a line end afterwards.`,
    change: (text) => text.replace(/\r?\n$/, ''),
  },
  {
    what: 'with a final line end',
    fix: `${EXACT}: the final line end was cut off afterwards.`,
    change: (text) => (text.endsWith('\n') ? text : `${text}\n`),
  },
  {
    what: 'with a final line end CRLF',
    fix: `${EXACT}: the final line end was cut off afterwards.`,
    change: (text) => (text.endsWith('\n') ? text : `${text}\r\n`),
  },
]
const MARKS: readonly Form[] = [
  {
    what: 'without the byte order mark',
    fix: `${EXACT}: an editor of Windows put a byte order mark before it afterwards.`,
    change: (text) => (text.startsWith(BOM) ? text.slice(BOM.length) : text),
  },
  {
    what: 'with a byte order mark',
    fix: `${EXACT}, best without a byte order mark.`,
    change: (text) => (text.startsWith(BOM) ? text : BOM + text),
  },
]
/** Manifests that were read and written again: other spaces, escaped slashes. */
const SPACES: readonly Form[] = [undefined, 1, 2, 3, 4, '\t'].flatMap((indent) => {
  const what =
    indent === undefined ? 'without spaces between its members' : `indented by ${indent === '\t' ? 'tabs' : indent}`
  const fix = `${EXACT}: do not read and write the JSON again after signing.`
  const write = (text: string): string => JSON.stringify(JSON.parse(text), undefined, indent)
  return [
    { what, fix, change: write },
    { what: `${what} and with escaped slashes`, fix, change: (text) => write(text).replaceAll('/', '\\/') },
  ]
})

/**
 * Which variant of `manifest` has the digest, when the manifest itself has not: the changes that tools and editors make
 * without being asked. Undefined when none has.
 */
export function findSignedVariant(
  manifest: Uint8Array,
  { algorithm, digest }: { algorithm: string; digest: Uint8Array },
): ManifestVariant | undefined {
  const isSigned = (bytes: Uint8Array | string): boolean => {
    const text = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes
    return hash(algorithm, text, 'buffer').equals(digest)
  }
  if (isSigned('')) {
    const fix =
      'Give the signing step the manifest: it was run before manifest.json was written, or on an empty stream.'
    return { what: 'an empty file', fix }
  }
  if (manifest.length > LARGEST) return undefined
  const text = Buffer.from(manifest).toString('latin1')
  const asIs = (forms: readonly Form[]): readonly (Form | undefined)[] => [undefined, ...forms]
  for (const mark of asIs(MARKS)) {
    for (const end of asIs(ENDS)) {
      for (const lines of asIs(LINE_ENDS)) {
        const forms = [lines, end, mark].filter((form) => form !== undefined)
        const changed = forms.reduce((result, { change }) => change(result), text)
        if (changed !== text && isSigned(changed)) return describe(forms, text)
      }
    }
  }
  return findSpaces(text, isSigned)
}

function findSpaces(text: string, isSigned: (bytes: string) => boolean): ManifestVariant | undefined {
  const bare = text.startsWith(BOM) ? text.slice(BOM.length) : text
  for (const form of SPACES) {
    for (const end of ['', '\n']) {
      try {
        if (isSigned(form.change(bare) + end)) return form
      } catch {
        // No JSON, so that no program can have written it again.
        return undefined
      }
    }
  }
  return undefined
}

/** Names the changes that made a difference; the first one explains the others. */
function describe(forms: readonly Form[], text: string): ManifestVariant | undefined {
  const made = forms.filter(({ change }) => change(text) !== text)
  const [first = forms[0]] = made
  return first && { what: (made.length === 0 ? forms : made).map(({ what }) => what).join(' and '), fix: first.fix }
}
