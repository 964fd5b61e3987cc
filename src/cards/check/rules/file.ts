import type { Place } from '../../../kit/findings.js'
import type { Slip } from '../read-pass-text.js'
import type { Problem, Repair, RuleGroup } from '../rule.js'
import { slipPlace } from '../slips.js'
import type { Subject } from '../subject.js'

const JSON_SOURCE = 'RFC 8259; wallet readers use strict JSON parsers'

/** How the files are written. Findings without a check are made while a folder is read. */
export const FILE_RULES: RuleGroup = {
  id: 'file',
  title: 'Files',
  intro:
    'How pass.json and design.yaml are written, before anything they say is looked at. What cannot be read cannot be shown.',
  rules: [
    {
      id: 'file.pass-missing',
      severity: 'refused',
      title: 'There is no pass.json.',
      reason: 'pass.json says everything a card is; without it there is no card.',
      fix: 'Add pass.json, or make a design with `tessera design new`.',
      source: 'Apple, Wallet Developer Guide: Pass Design and Creation',
      example: 'A folder bonus.pkpasstemplate with pictures only.',
    },
    {
      id: 'file.config',
      severity: 'refused',
      title: 'design.yaml is missing or has a mistake.',
      reason: 'design.yaml says which columns feed which fields. Without a readable one no card can be issued.',
      fix: 'Correct design.yaml at that place; docs/guides/designs.md explains every key.',
      source: 'docs/schema/design.schema.json of Tessera',
      example: 'fields:\n  balance: {type: nubmer}',
    },
    {
      id: 'file.unusable',
      severity: 'refused',
      title: 'A file of the folder cannot be put into cards.',
      reason:
        'Links could bring files from elsewhere into every card; files that are not what they say break the card.',
      fix: 'Replace the file by a plain one of the kind its name says, or remove it.',
      source: 'Tessera: limits of a design folder',
      example: 'strip.png that is a JPEG with another name.',
    },
    {
      id: 'file.encoding',
      severity: 'refused',
      title: 'pass.json is not UTF-8.',
      reason: 'Phones read pass.json as UTF-8 and refuse the pass when it is not.',
      fix: 'Save pass.json as UTF-8; every editor can.',
      source: JSON_SOURCE,
      example: 'A pass.json saved as Windows-1251.',
    },
    {
      id: 'file.syntax',
      severity: 'refused',
      title: 'pass.json is no JSON.',
      reason: 'Phones cannot read it and refuse the pass without saying why.',
      fix: 'Correct pass.json at that place.',
      source: JSON_SOURCE,
      example: '"label": "Points" "value": 0',
    },
    {
      id: 'file.byte-order-mark',
      severity: 'refused-by-some',
      title: 'pass.json begins with a byte order mark.',
      reason: 'Some readers take the invisible mark for a character that JSON does not allow and refuse the pass.',
      fix: 'Save pass.json as UTF-8 without a byte order mark.',
      source: JSON_SOURCE,
      example: 'A pass.json saved by Notepad as “UTF-8 with BOM”.',
      check: (subject) => slips(subject, 'byte-order-mark', 'pass.json begins with a byte order mark.'),
      repair: (subject) => mend(subject, { kind: 'byte-order-mark' }),
    },
    {
      id: 'file.comment',
      severity: 'refused',
      title: 'pass.json has a comment.',
      reason: 'JSON has no comments; phones refuse the pass.',
      fix: 'Remove the comment. Notes have their place in design.yaml.',
      source: JSON_SOURCE,
      example: '"formatVersion": 1, // as Apple wants it',
      check: (subject) => slips(subject, 'comment', 'There is a comment, which JSON does not have.'),
      repair: (subject, place) => mend(subject, { kind: 'comment', place }),
    },
    {
      id: 'file.trailing-comma',
      severity: 'refused-by-some',
      title: 'pass.json has a comma with nothing behind it.',
      reason:
        'JSON allows no comma before a closing bracket. Wallet has let it pass (one of Apple’s own samples has it); most other readers refuse the pass.',
      fix: 'Remove the comma.',
      source: JSON_SOURCE,
      example: '"backFields": [{ "key": "terms", "value": "…" },]',
      check: (subject) => slips(subject, 'trailing-comma', 'A comma stands before a closing bracket.'),
      repair: (subject, place) => mend(subject, { kind: 'trailing-comma', place }),
    },
    {
      id: 'file.duplicate-key',
      severity: 'refused-by-some',
      title: 'A key occurs twice in one object.',
      reason:
        'Some readers take the first, some the last, and some refuse the pass. Tessera makes no cards from such a design, so there the finding counts as refused.',
      fix: 'Keep one of the two.',
      source: 'RFC 8259, section 4',
      example: '{ "label": "Points", "value": 0, "label": "Balance" }',
      check: (subject) =>
        subject.slips
          .filter(({ kind }) => kind === 'duplicate-key')
          .map(
            (slip): Problem => ({
              at: slipPlace(subject.passText, slip),
              message: `The key ${subject.passText.slice(slip.start, slip.end)} occurs twice in this object.`,
              ...(subject.isTemplate ? { severity: 'refused' } : {}),
            }),
          ),
    },
  ],
}

function slips(subject: Subject, kind: Slip['kind'], message: string): Problem[] {
  return subject.slips
    .filter((slip) => slip.kind === kind)
    .map((slip) => ({ at: slipPlace(subject.passText, slip), message }))
}

function mend(subject: Subject, { kind, place }: { kind: Slip['kind']; place?: Place }): Repair | undefined {
  const slip = subject.slips.find((each) => {
    if (each.kind !== kind) return false
    const at = slipPlace(subject.passText, each)
    return place === undefined || (at.line === place.line && at.column === place.column)
  })
  if (slip === undefined) return undefined
  if (kind === 'byte-order-mark') return { kind: 'text', edits: [], unmark: true }
  return { kind: 'text', edits: [{ ...cutOut(subject.passText, slip), text: '' }] }
}

/** A slip with the spaces before it; with its line when it is alone there. */
function cutOut(text: string, { kind, start, end }: Slip): { start: number; end: number } {
  if (kind !== 'comment') return { start, end }
  const from = start - (/[ \t]*$/.exec(text.slice(Math.max(0, start - 200), start))?.[0].length ?? 0)
  const alone = from > 0 && text[from - 1] === '\n' && text[end] === '\n'
  return { start: from, end: alone ? end + 1 : end }
}
