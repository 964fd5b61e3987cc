import type { Place } from '../../../kit/findings.js'
import type { Slip, SlipKind, TextEdit } from '../../pass/slip.js'
import type { Problem, Repair, Rule } from '../rule.js'
import type { Subject } from '../subject.js'

export const JSON_SOURCE = 'RFC 8259; wallet readers use strict JSON parsers'
const FOUNDATION = 'RFC 8259; Apple, NSJSONSerialization'

/** What lenient readers pass over in the text of pass.json. */
export const FILE_TEXT_RULES: readonly Rule[] = [
  slipRule('byte-order-mark', {
    id: 'file.byte-order-mark',
    severity: 'refused-by-some',
    title: 'pass.json begins with a byte order mark.',
    reason: 'Some readers take the invisible mark for a character that JSON does not allow and refuse the pass.',
    fix: 'Save pass.json as UTF-8 without a byte order mark.',
    source: JSON_SOURCE,
    example: 'A pass.json saved by Notepad as “UTF-8 with BOM”.',
    says: () => 'pass.json begins with a byte order mark.',
    mend: () => ({ kind: 'text', edits: [], recode: true }),
  }),
  slipRule('wide-encoding', {
    id: 'file.wide-encoding',
    severity: 'refused-by-some',
    title: 'pass.json is UTF-16 or UTF-32.',
    reason: 'Apple’s parser reads it; most other readers expect UTF-8 and refuse the pass.',
    fix: 'Save pass.json as UTF-8; every editor can.',
    source: FOUNDATION,
    example: 'A pass.json saved by Notepad as “Unicode”.',
    says: ({ detail = 'not UTF-8' }) => `pass.json is ${detail}, where JSON is exchanged as UTF-8.`,
    mend: () => ({ kind: 'text', edits: [], recode: true }),
  }),
  slipRule('not-utf-8', {
    id: 'file.encoding',
    severity: 'refused',
    title: 'pass.json is not UTF-8.',
    reason: 'Phones read pass.json as UTF-8 and refuse the pass when its bytes are none.',
    fix: 'Save pass.json as UTF-8; every editor can.',
    source: FOUNDATION,
    example: 'A pass.json saved as Windows-1251.',
    says: ({ detail = 'not UTF-8' }) => `pass.json is ${detail}.`,
  }),
  slipRule('comment', {
    id: 'file.comment',
    severity: 'refused',
    title: 'pass.json has a comment.',
    reason: 'JSON has no comments; phones refuse the pass.',
    fix: 'Remove the comment. Notes have their place in design.yaml.',
    source: JSON_SOURCE,
    example: '"formatVersion": 1, // as Apple wants it',
    says: () => 'There is a comment, which JSON does not have.',
    mend: (slip, { passText }) => ({ kind: 'text', edits: [cutOut(passText, slip)] }),
  }),
  slipRule('trailing-comma', {
    id: 'file.trailing-comma',
    severity: 'refused-by-some',
    title: 'pass.json has a comma with nothing behind it.',
    reason:
      'JSON allows no comma before a closing bracket. Wallet has let it pass (one of Apple’s own samples has it); most other readers refuse the pass.',
    fix: 'Remove the comma.',
    source: JSON_SOURCE,
    example: '"backFields": [{ "key": "terms", "value": "…" },]',
    says: () => 'A comma stands before a closing bracket.',
    mend: ({ edits }) => ({ kind: 'text', edits }),
  }),
  slipRule('extra-comma', {
    id: 'file.extra-comma',
    severity: 'refused',
    title: 'pass.json has two commas in a row, or one at the beginning of a list.',
    reason: 'Between two commas JSON wants a value; phones refuse the pass.',
    fix: 'Remove the comma.',
    source: JSON_SOURCE,
    example: '"backFields": [{ "key": "terms", "value": "…" },, { … }]',
    says: () => 'A comma stands where a value belongs.',
    mend: ({ edits }) => ({ kind: 'text', edits }),
  }),
  slipRule('control-character', {
    id: 'file.control-character',
    severity: 'refused',
    title: 'A text of pass.json has a line break or control character in it.',
    reason: 'Inside of quotes JSON wants them escaped; phones refuse the pass.',
    fix: 'Write \\n for a line break, \\t for a tab.',
    source: FOUNDATION,
    example: '"value": "Valid for\n12 months"',
    says: (slip, { passText }) => `There is a bare ${nameOf(passText.charCodeAt(slip.start))} inside of quotes.`,
    mend: ({ edits }) => ({ kind: 'text', edits }),
  }),
  slipRule('unknown-escape', {
    id: 'file.unknown-escape',
    severity: 'refused',
    title: 'A text of pass.json has an escape that JSON does not know.',
    reason: 'After a backslash JSON knows " \\ / b f n r t and u with four digits only; phones refuse the pass.',
    fix: 'Remove the backslash, or write two of them where one is meant.',
    source: FOUNDATION,
    example: String.raw`"value": "It\'s yours"`,
    says: (slip, { passText }) =>
      `JSON does not know the escape ${visible(passText.slice(slip.start, slip.start + 2))}.`,
  }),
  slipRule('white-space', {
    id: 'file.white-space',
    severity: 'refused',
    title: 'pass.json has white space that JSON does not know.',
    reason:
      'Between values JSON allows spaces, tabs and line breaks; at others, such as those of web pages, phones refuse the pass.',
    fix: 'Replace it by a plain space.',
    source: JSON_SOURCE,
    example: 'A no-break space (U+00A0) that was copied from a web page.',
    says: (slip, { passText }) => `The character ${nameOf(passText.charCodeAt(slip.start))} is no white space of JSON.`,
    mend: ({ edits }) => ({ kind: 'text', edits }),
  }),
  slipRule('lone-surrogate', {
    id: 'file.lone-surrogate',
    severity: 'refused-by-some',
    title: 'A text of pass.json has half of a character.',
    reason:
      'Emoji are written as two escapes that belong together. At one alone strict readers refuse the pass; others show a replacement.',
    fix: 'Write the emoji itself, or both of its escapes.',
    source: FOUNDATION,
    example: String.raw`"value": "Gift \ud83c"`,
    says: () => 'An escape stands for half of a character, and the other half is not there.',
  }),
  slipRule('number-range', {
    id: 'file.number-range',
    severity: 'refused-by-some',
    title: 'A number of pass.json is too large.',
    reason: 'Some readers refuse the pass, others take the number for infinity or for nothing.',
    fix: 'Write a number that a computer can hold, or a text.',
    source: 'RFC 8259, section 6',
    example: '"value": 1e400',
    says: (slip, { passText }) =>
      `No computer can hold the number ${passText.slice(slip.start, slip.end).slice(0, 40)}.`,
  }),
  slipRule('duplicate-key', {
    id: 'file.duplicate-key',
    severity: 'refused-by-some',
    title: 'A key occurs twice in one object.',
    reason:
      'Some readers take the first, some the last, and some refuse the pass. Tessera makes no cards from such a design, so there the finding counts as refused.',
    fix: 'Keep one of the two.',
    source: 'RFC 8259, section 4',
    example: '{ "label": "Points", "value": 0, "label": "Balance" }',
    says: (slip, { passText }) =>
      `The key ${passText.slice(slip.start, slip.end).slice(0, 60)} occurs twice in this object.`,
    refusedInDesigns: true,
  }),
]

interface SlipDoc extends Omit<Rule, 'check' | 'repair' | 'needs'> {
  readonly says: (slip: Slip, subject: Subject) => string
  readonly mend?: (slip: Slip, subject: Subject) => Repair
  readonly refusedInDesigns?: true
}

function slipRule(kind: SlipKind, { says, mend, refusedInDesigns, ...doc }: SlipDoc): Rule {
  return {
    ...doc,
    *check(subject): Generator<Problem> {
      const graver = refusedInDesigns && subject.isTemplate ? ({ severity: 'refused' } as const) : {}
      for (const slip of subject.slips) {
        if (slip.kind === kind) yield { at: { offset: slip.start }, message: says(slip, subject), ...graver }
      }
    },
    ...(mend === undefined
      ? {}
      : {
          repair: (subject: Subject, place: Place) => {
            const slip = subject.slips.find((each) => each.kind === kind && isAt(subject, each, place))
            return slip === undefined ? undefined : mend(slip, subject)
          },
        }),
  }
}

function isAt({ position }: Subject, { start }: Slip, place: Place): boolean {
  const { line, column } = position(start)
  return line === place.line && column === place.column
}

/** A comment with the spaces before it; with its line when it is alone there. */
function cutOut(text: string, { start, end }: Slip): TextEdit {
  const from = start - (/[ \t]*$/.exec(text.slice(Math.max(0, start - 200), start))?.[0].length ?? 0)
  const lineBreak = text[end] === '\n' ? 1 : text.startsWith('\r\n', end) ? 2 : 0
  const alone = from > 0 && text[from - 1] === '\n'
  return { start: from, end: alone ? end + lineBreak : end, text: '' }
}

function nameOf(code: number): string {
  const names: Readonly<Record<number, string>> = { 9: 'tab', 10: 'line break', 13: 'line break' }
  return names[code] ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}

function visible(written: string): string {
  return written.replaceAll(/[^\\\p{L}\p{N}\p{P}\p{S}]/gu, (character) => nameOf(character.charCodeAt(0)))
}
