import { closest } from '../../../kit/closest.js'
import type { Place } from '../../../kit/findings.js'
import { barcodeFacts, fallbackFormats } from '../../barcode/formats.js'
import { BARCODE_FORMATS, type BarcodeFormat } from '../../view/types.js'
import { addItem, addMember } from '../fix/json-edits.js'
import type { Problem, RuleGroup } from '../rule.js'
import { type Json, listOf, objectOf, quote, type Subject } from '../subject.js'

const SOURCE = 'Apple Pass Builder 2026, Pass+Barcode.swift'
const WWDC = 'Apple, WWDC 2026, session 209'

interface BarcodeSite {
  readonly at: string
  readonly json: Json
  readonly deprecated: boolean
}

/** The code that is scanned. */
export const BARCODE_RULES: RuleGroup = {
  id: 'barcode',
  title: 'Barcodes',
  intro:
    'The code that a till scans. Phones draw the first of `barcodes` that they know. Tessera puts the message of every card into all of them, so the message of a design itself is not looked at, only what the sample card would show.',
  rules: [
    {
      id: 'barcode.missing',
      severity: 'advice',
      title: 'There is nothing to scan.',
      reason: 'The card has neither a barcode nor NFC, so a till cannot tell whose it is.',
      fix: 'Add "barcodes": [{ "format": "PKBarcodeFormatQR", "message": "…", "messageEncoding": "iso-8859-1" }].',
      source: 'Apple, Wallet Developer Guide: Pass Design and Creation',
      example: 'A pass.json without "barcodes".',
      check: async (subject) => {
        const { barcodes } = await subject.view(subject.locales[0] ?? 'en')
        const something = barcodes.length + sitesOf(subject).length > 0 || subject.passJson.nfc !== undefined
        return something ? [] : [{ at: 'barcodes', message: 'The card shows nothing that a till could scan.' }]
      },
    },
    {
      id: 'barcode.format',
      severity: 'refused-by-some',
      title: 'A barcode has no format, or one that no phone knows.',
      reason: 'Phones refuse the pass or draw no code.',
      fix: `Use one of ${BARCODE_FORMATS.join(', ')}.`,
      source: SOURCE,
      example: '"format": "PKBarcodeFormatQr"',
      check: (subject) =>
        sitesOf(subject).flatMap(({ at, json: { format } }): Problem[] => {
          if (barcodeFacts(format) !== undefined) return []
          if (format === undefined) return [{ at, message: 'The barcode has no format.' }]
          const meant = closest(String(format), BARCODE_FORMATS)
          const hint = meant === undefined ? '' : ` Did you mean "${meant}"?`
          return [{ at: `${at}/format`, message: `No phone knows the barcode format ${quote(format)}.${hint}` }]
        }),
    },
    {
      id: 'barcode.message',
      severity: 'refused-by-some',
      title: 'A barcode has no message.',
      reason: 'There is nothing to draw; phones refuse the pass or show no code.',
      fix: 'Write the message as a text. In a design any will do: each card gets its own.',
      source: SOURCE,
      example: '{ "format": "PKBarcodeFormatQR" }',
      check: (subject) =>
        sitesOf(subject).flatMap(({ at, json: { message } }): Problem[] => {
          if (typeof message === 'string' && message !== '') return []
          if (subject.isTemplate && (message === undefined || typeof message === 'string')) return []
          if (message === undefined || message === '') return [{ at, message: 'The barcode has no message.' }]
          return [{ at: `${at}/message`, message: `The message must be a text in quotes, not ${quote(message)}.` }]
        }),
    },
    {
      id: 'barcode.encoding-missing',
      severity: 'refused-by-some',
      title: 'A barcode does not say how its message is encoded.',
      reason: 'Apple requires it. Some readers draw nothing without it, others guess.',
      fix: 'Write "messageEncoding": "iso-8859-1"; Tessera changes it to utf-8 on cards that need it.',
      source: SOURCE,
      example: '{ "format": "PKBarcodeFormatQR", "message": "1001" }',
      check: (subject) =>
        sitesOf(subject)
          .filter(({ json }) => json.messageEncoding === undefined)
          .map(({ at }) => ({ at, message: 'The barcode has no messageEncoding.' })),
      repair: (subject, { pointer: at = '' }) => ({
        kind: 'text',
        edits: addMember(subject, at, 'messageEncoding', '"iso-8859-1"'),
      }),
    },
    {
      id: 'barcode.encoding',
      severity: 'refused-by-some',
      title: 'The message does not fit its encoding, or nobody knows the encoding.',
      reason: 'The phone cannot turn the message into bytes and draws no code, or one that scans as something else.',
      fix: 'Use "iso-8859-1" for Latin letters and digits, "utf-8" for everything else.',
      source: 'IANA character sets; Apple, Pass.Barcodes',
      example: '{ "message": "Карта 1001", "messageEncoding": "iso-8859-1" }',
      check: (subject) =>
        sitesOf(subject).flatMap(({ at, json: { message, messageEncoding: name } }): Problem[] => {
          if (name === undefined) return []
          if (typeof name !== 'string' || !isEncoding(name))
            return [{ at: `${at}/messageEncoding`, message: `No phone knows the encoding ${quote(name)}.` }]
          const own = !subject.isTemplate && typeof message === 'string' ? message : ''
          if (!fits(own, name))
            return [{ at: `${at}/message`, message: `${quote(own)} has characters that ${name} has not.` }]
          return []
        }),
    },
    {
      id: 'barcode.unencodable',
      severity: 'refused-by-some',
      title: 'The message cannot be drawn in that format.',
      reason: 'Phones show no code at all in place of one that cannot be drawn.',
      fix: 'Take a format that holds such messages, such as PKBarcodeFormatQR, or change what the message is made of.',
      source: 'ISO/IEC 18004, 15438, 24778, 15417, 16388, 15420, 16390; EN 798',
      example: '{ "format": "PKBarcodeFormatEAN13", "message": "1001" }',
      check: async (subject) => {
        const { barcodes } = await subject.view(subject.locales[0] ?? 'en')
        return barcodes.flatMap(({ format, message }): Problem[] => {
          const problem = message === '' ? undefined : barcodeFacts(format)?.problem(message)
          const at = placeOf(subject, format)
          if (problem === undefined || at === undefined) return []
          if (!subject.isTemplate) return [{ at, message: `The message ${quote(message)} ${problem}.` }]
          const fix = 'Take another format, or write a serial as the real ones are under `sample:` in design.yaml.'
          return [{ at, message: `The message of the sample card, ${quote(message)} ${problem}.`, fix }]
        })
      },
    },
    {
      id: 'barcode.fallback',
      severity: 'refused-by-some',
      title: 'Older phones know none of the formats.',
      reason: 'Code 39, Codabar, EAN-13 and Interleaved 2 of 5 came with iOS 27. Older phones draw no code at all.',
      fix: 'Append the same message as PKBarcodeFormatQR or PKBarcodeFormatPDF417.',
      source: WWDC,
      example: '"barcodes": [{ "format": "PKBarcodeFormatEAN13", … }]',
      // Tessera appends them to its cards, so this is about passes of others.
      check: async (subject) => {
        const { barcodes } = await subject.view(subject.locales[0] ?? 'en')
        const formats = barcodes.map(({ format }) => barcodeFacts(format))
        const newest = formats.filter((facts) => facts?.since === 27)
        if (newest.length === 0 || newest.length < formats.length) return []
        const titles = newest.map((facts) => facts?.title).join(' and ')
        return [{ at: 'barcodes', message: `Phones before iOS 27 do not know ${titles} and show no code.` }]
      },
      repair: (subject) => {
        const last = objectOf(listOf(subject.passJson.barcodes).at(-1))
        const format = last === undefined ? undefined : fallbackFormats(last.format as BarcodeFormat).at(-1)
        if (last === undefined || format === undefined) return undefined
        return { kind: 'text', edits: addItem(subject, 'barcodes', inline({ ...last, format })) }
      },
    },
    {
      id: 'barcode.deprecated-format',
      severity: 'refused-by-some',
      title: 'The single "barcode" has a format that it may not have.',
      reason: 'The old key knows QR, PDF417 and Aztec only; phones draw nothing for others.',
      fix: 'Put the barcode into the list "barcodes".',
      source: SOURCE,
      example: '"barcode": { "format": "PKBarcodeFormatCode128", … }',
      check: (subject) =>
        sitesOf(subject).flatMap(({ at, json, deprecated }): Problem[] => {
          const facts = deprecated ? barcodeFacts(json.format) : undefined
          if (facts === undefined || facts.since === 6) return []
          return [{ at: `${at}/format`, message: `"barcode" cannot be ${facts.title}; only "barcodes" can.` }]
        }),
    },
    {
      id: 'barcode.deprecated',
      severity: 'advice',
      title: 'Only the old key "barcode" is there.',
      reason: 'Apple replaced it by the list "barcodes" with iOS 9. Readers made since may look at the list only.',
      fix: 'Write the same as "barcodes": [ … ].',
      source: SOURCE,
      example: '"barcode": { "format": "PKBarcodeFormatQR", … }',
      check: ({ passJson }) =>
        objectOf(passJson.barcode) !== undefined && listOf(passJson.barcodes).length === 0
          ? [{ at: 'barcode', message: 'The card has "barcode" but no "barcodes".' }]
          : [],
      repair: (subject) =>
        subject.passJson.barcodes !== undefined
          ? undefined
          : { kind: 'text', edits: addMember(subject, '', 'barcodes', `[${inline(subject.passJson.barcode)}]`) },
    },
    {
      id: 'barcode.alt-text',
      severity: 'advice',
      title: 'Nothing is printed below the code.',
      reason: 'When a scanner is out of order, nobody can type in what the code says.',
      fix: 'Add altText; in a design `text: "{serial}"` under `barcode:` in design.yaml prints each card its own.',
      source: 'Apple, Human Interface Guidelines: Wallet',
      example: '{ "format": "PKBarcodeFormatQR", "message": "1001", "messageEncoding": "iso-8859-1" }',
      check: (subject) => {
        const sites = sitesOf(subject)
        const fed = subject.design?.config.barcode?.text !== undefined
        const [first] = sites
        if (first === undefined || fed || sites.some(({ json }) => json.altText !== undefined)) return []
        return [{ at: first.at, message: 'Nothing is printed below the code.' }]
      },
    },
  ],
}

function sitesOf({ passJson }: Subject): BarcodeSite[] {
  const list = listOf(passJson.barcodes).map((item, index) => ({ item, at: `barcodes/${index}`, deprecated: false }))
  return [...list, { item: passJson.barcode, at: 'barcode', deprecated: true }].flatMap(({ item, at, deprecated }) => {
    const json = objectOf(item)
    return json === undefined ? [] : [{ at, json, deprecated }]
  })
}

/** Where the format comes from; undefined for a fallback that Tessera appends. */
function placeOf(subject: Subject, format: BarcodeFormat): string | Place | undefined {
  const site = sitesOf(subject).find(({ json }) => json.format === format)
  if (subject.design?.config.barcode?.format !== undefined)
    return { file: 'design.yaml', ...subject.config?.(['barcode', 'format']) }
  return site === undefined ? undefined : `${site.at}/format`
}

function isEncoding(name: string): boolean {
  try {
    return new TextDecoder(name).encoding !== ''
  } catch {
    return /^us-ascii$/i.test(name)
  }
}

function fits(message: string, encoding: string): boolean {
  const name = encoding.toLowerCase()
  const most = name === 'iso-8859-1' ? 0xff : name === 'us-ascii' || name === 'ascii' ? 0x7f : 0x10ffff
  return [...message].every((character) => (character.codePointAt(0) ?? 0) <= most)
}

/** JSON on one line, with the spaces that editors put. */
function inline(value: unknown): string {
  return JSON.stringify(value, null, 1)
    .replaceAll(/\n\s*/g, ' ')
    .replaceAll(/\[ | \]/g, (bracket) => bracket.trim())
}
