import type { PassDescription } from '../../app/passes/describe-pass.js'
import type { ShownBarcode } from '../../app/passes/show-pass.js'
import { barcodeLines } from '../picture/barcode-lines.js'
import { blockLines } from '../picture/blocks.js'
import { VERDICT_COLOURS } from './pass-report.js'
import { fileLines, stringsLines } from './pass-show-files.js'
import { type Output, paint } from './styles.js'
import { definitions } from './table.js'
import { oneLine, textBlock } from './text-block.js'
import { padText, textWidth } from './width.js'
import { wrapText } from './wrap.js'

export interface ShowStyle {
  /** Whether swatches of colours are drawn, and how; undefined for none. */
  readonly swatches?: { readonly trueColour: boolean } | undefined
  readonly barcode?: ShownBarcode | undefined
}

const WIDEST = 100
const GROUPS = [
  ['headerFields', 'header'],
  ['primaryFields', 'primary'],
  ['secondaryFields', 'secondary'],
  ['auxiliaryFields', 'auxiliary'],
  ['footerFields', 'footer'],
] as const
const TRANSIT = { posterEventTicket: 'poster', semanticBoardingPass: 'semantic' } as const

/** A pass at a glance: whose it is and whether phones accept it, then what it shows. */
export function renderPass(pass: PassDescription, style: ShowStyle = {}, output: Output = process.stdout): string {
  const width = Math.min(WIDEST, output.columns ?? WIDEST)
  const title = [pass.organizationName, pass.description].filter((text) => text !== null).join(': ')
  const sections: readonly (readonly [title: string, lines: readonly string[]])[] = [
    ['Front', frontLines(pass, width, output)],
    ['Back', backLines(pass, width, output)],
    ['Barcode', barcodeSection(pass, style, width, output)],
    ['When and where', whenLines(pass, width)],
    ['Also', alsoLines(pass, width, output)],
    ...fileLines(pass, width, output),
    ...stringsLines(pass, width, output),
    ['Signed by', signerLines(pass, width, output)],
  ]
  return [
    paint('bold', title === '' ? oneLine(pass.file, width) : oneLine(title, width), output),
    ...wrapText(oneLine(pass.sentence, 600), width).map((line) => paint(VERDICT_COLOURS[pass.verdict], line, output)),
    ...(pass.readable ? ['', head(pass, style, width, output)] : []),
    ...sections.flatMap(([name, lines]) =>
      lines.length === 0 ? [] : ['', paint('bold', name, output), ...lines.map((line) => `  ${line}`)],
    ),
  ].join('\n')
}

function head(pass: PassDescription, { swatches }: ShowStyle, width: number, output: Output): string {
  const cell = (text: string | null): string | undefined =>
    text === null ? undefined : oneLine(text, Math.max(20, width - 11))
  const scheme = pass.scheme === null ? '' : `, ${TRANSIT[pass.scheme as keyof typeof TRANSIT] ?? pass.scheme}`
  const { times, languages } = pass
  const colours = pass.colours.map((colour) => colourText(colour, swatches))
  const fits = textWidth(colours.join('  ')) + 11 <= width
  return definitions(
    [
      ['style', pass.style === null ? 'none that phones know' : `${pass.style}${scheme}`],
      ['serial', cell(pass.serialNumber)],
      ['pass type', cell(pass.passTypeIdentifier)],
      ['team', cell(pass.teamIdentifier)],
      ['languages', languages.length === 0 ? undefined : cell(`${languages.join(', ')}; shown: ${pass.locale}`)],
      ['expires', times.expires === null ? undefined : cell(`${times.expires}${times.expired ? ' (over)' : ''}`)],
      ['voided', times.voided ? 'yes: phones show it pale, without its barcode' : undefined],
      ['colours', colours.join(fits ? '  ' : '\n')],
    ],
    output,
  )
}

function colourText({ name, hex, given }: PassDescription['colours'][number], swatches: ShowStyle['swatches']): string {
  const text = `${name} ${hex}${given ? '' : ' (the phone’s choice)'}`
  if (swatches === undefined) return text
  const one = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))
  const [swatch = ''] = blockLines({ width: 2, height: 2, rgb: Uint8Array.from([one, one, one, one].flat()) }, swatches)
  return `${swatch} ${text}`
}

function frontLines({ fields, logoText }: PassDescription, width: number, output: Output): string[] {
  const front = fields.filter(({ group }) => GROUPS.some(([name]) => name === group))
  const labels = front.map(({ label, key }) => oneLine(label === '' ? key : label, 24))
  const labelWidth = Math.max(0, ...labels.map(textWidth))
  const lines = GROUPS.flatMap(([group, name]) =>
    front
      .filter((field) => field.group === group)
      .map((field, index) => {
        // Where the phone shows no label, the key tells which field it is.
        const label = padText(oneLine(field.label === '' ? field.key : field.label, 24), labelWidth)
        const place = padText(index === 0 ? name : '', 11)
        const value = oneLine(field.text, Math.max(20, width - 15 - labelWidth))
        return `${paint('dim', `${place}${label}`, output)}  ${value === '' ? paint('dim', '(empty)', output) : value}`
      }),
  )
  return logoText === null
    ? lines
    : [`${paint('dim', padText('logo', 11), output)}${oneLine(logoText, width - 13)}`, ...lines]
}

/** Lines of a field on the back that are written out. */
const MOST_LINES = 6

function backLines({ fields }: PassDescription, width: number, output: Output): string[] {
  return fields
    .filter(({ group }) => group === 'backFields' || group === 'additionalInfoFields')
    .flatMap(({ label, key, text }) => [
      paint('dim', oneLine(label === '' ? key : label, width - 4), output),
      ...textBlock(text, { width: width - 4, most: MOST_LINES }).map((line) => `  ${line}`),
    ])
}

function barcodeSection(
  { barcodes }: PassDescription,
  { barcode }: ShowStyle,
  width: number,
  output: Output,
): string[] {
  const lines = barcodes.map(({ format, message, altText, messageEncoding }, index) => {
    const below = altText === null ? '' : `, below it: ${oneLine(altText, 40)}`
    const rank = index === 0 ? '' : ' (for phones that do not know those before)'
    const name = format.replace('PKBarcodeFormat', '')
    return oneLine(`${name} ${oneLine(JSON.stringify(message), 60)}${below} (${messageEncoding})${rank}`, width - 2)
  })
  return [...lines, ...drawn(barcode, width, output)]
}

function drawn(barcode: ShownBarcode | undefined, width: number, output: Output): string[] {
  if (barcode === undefined) return []
  if ('problem' in barcode) return [`It cannot be drawn: ${oneLine(barcode.problem, width - 25)}`]
  const { format, modules } = barcode
  const bars = modules.rows === 1
  const quiet = bars ? 6 : 2
  if (modules.width + 2 * quiet + 2 > width) return [`It is ${modules.width} squares wide, too wide for this terminal.`]
  const rowHeight = bars ? 12 : format === 'PKBarcodeFormatPDF417' ? 3 : 1
  const colours = output.isTTY === true && output.hasColors?.() === true
  return ['', ...barcodeLines(modules, { quiet, rowHeight, colours })]
}

function whenLines({ times, places, beacons }: PassDescription, width: number): string[] {
  const said = (text: string | null): string => (text === null ? '' : `: ${JSON.stringify(text)}`)
  return [
    ...times.relevant.map(({ from, until }) => (until === undefined ? from : `${from} to ${until}`)),
    ...places.map(({ latitude, longitude, text }) => `${latitude}, ${longitude}${said(text)}`),
    ...beacons.map(({ uuid, major, minor, text }) => {
      const numbers = [major, minor].filter((number) => number !== null).join('/')
      return `beacon ${uuid}${numbers === '' ? '' : ` ${numbers}`}${said(text)}`
    }),
  ].map((line) => oneLine(line, width - 2))
}

function alsoLines({ nfc, webService }: PassDescription, width: number, output: Output): string[] {
  const token = (length: number): string => (length === 0 ? 'none' : `${length} characters, not shown`)
  const nfcText = (): string | undefined => {
    if (nfc === null) return undefined
    const unlock = nfc.requiresAuthentication ? ', after unlocking' : ''
    return oneLine(`${nfc.message ?? 'no message'}, ${nfc.hasKey ? 'with key' : 'without key'}${unlock}`, width - 15)
  }
  const text = definitions(
    [
      ['NFC', nfcText()],
      ['updates from', webService === null ? undefined : oneLine(webService.url, width - 16)],
      ['token', webService === null ? undefined : token(webService.tokenLength)],
    ],
    output,
  )
  return text === '' ? [] : text.split('\n')
}

function signerLines({ signer }: PassDescription, width: number, output: Output): string[] {
  if (signer === null) return []
  const day = (time: number): string => new Date(time).toISOString().slice(0, 10)
  const who = [signer.organizationName, signer.passTypeIdentifier].filter((part) => part !== undefined).join(', ')
  const more = signer as { readonly intermediate?: string; readonly issuerName?: string }
  const issuer = more.intermediate === undefined ? more.issuerName : `Apple WWDR ${more.intermediate}`
  return definitions(
    [
      ['who', oneLine(who, width - 15)],
      ['team', signer.teamIdentifier === undefined ? undefined : oneLine(signer.teamIdentifier, 40)],
      ['certificate', `until ${day(signer.notAfter)}`],
      ['issuer', issuer === undefined ? undefined : oneLine(issuer, 60)],
      [
        'signed',
        signer.signedAt === undefined ? 'at a time that is not told' : `${day(signer.signedAt)}, ${signer.digest}`,
      ],
    ],
    output,
  ).split('\n')
}
