import { toHex } from '../../cards/colour/colour.js'
import { PASS_STYLES } from '../../cards/design/design.js'
import { FIELD_GROUPS, type FieldGroup } from '../../cards/styles.js'
import { passLanguages, translations } from '../../cards/view/languages.js'
import type { PassView } from '../../cards/view/types.js'
import { viewPass } from '../../cards/view/view-pass.js'
import type { PassSigner } from '../../signing/verify/verify-signature.js'
import type { Verdict } from '../../verifying/types.js'
import { chooseLocales } from '../preview/choose-locales.js'
import {
  beaconsOf,
  nfcOf,
  type PassBeacon,
  type PassNfc,
  type PassPlace,
  type PassService,
  type PassTimes,
  placesOf,
  serviceOf,
  textOf,
  timesOf,
} from './describe-facts.js'
import { type DescribedFiles, type DescribedTexts, describeFiles, describeTexts } from './describe-files.js'
import type { ReadPass } from './read-passes.js'

export interface DescribedField {
  readonly group: FieldGroup
  readonly key: string
  /** As the phone shows it; '' when there is none. */
  readonly label: string
  /** As the phone writes it. */
  readonly text: string
  /** As pass.json has it. */
  readonly value: string | number
  /** What the lock screen says when the value changes, with `%@` for the value. */
  readonly changeMessage: string | null
  readonly links: readonly string[]
}

export interface DescribedColour {
  readonly name: 'background' | 'foreground' | 'label'
  readonly hex: string
  /** False when pass.json has none, and this is what Wallet takes instead. */
  readonly given: boolean
}

/** What `pass show --json` prints of a pass. What pass.json does not have is null. */
export interface PassDescription extends DescribedFiles {
  readonly file: string
  readonly verdict: Verdict
  /** The verdict in one sentence. */
  readonly sentence: string
  /** False when there is no pass.json, or it cannot be read: all that it would say is missing then. */
  readonly readable: boolean
  /** Null when the pass has none that phones know. */
  readonly style: string | null
  readonly scheme: string | null
  readonly organizationName: string | null
  readonly description: string | null
  readonly logoText: string | null
  readonly serialNumber: string | null
  readonly passTypeIdentifier: string | null
  readonly teamIdentifier: string | null
  /** The language of the texts. */
  readonly locale: string
  readonly languages: readonly string[]
  readonly fields: readonly DescribedField[]
  readonly barcodes: readonly {
    readonly format: string
    readonly message: string
    readonly messageEncoding: string
    readonly altText: string | null
  }[]
  readonly times: PassTimes
  readonly places: readonly PassPlace[]
  readonly beacons: readonly PassBeacon[]
  readonly nfc: PassNfc | null
  readonly webService: PassService | null
  readonly colours: readonly DescribedColour[]
  readonly signer: PassSigner | null
  /** With --strings. */
  readonly strings?: readonly DescribedTexts[]
}

export interface DescribeOptions {
  /** As typed. */
  readonly locale: string | undefined
  /** Epoch milliseconds. */
  readonly now: number
  /** IANA name. */
  readonly timeZone: string
  readonly strings: boolean
}

/** Says what a pass is, as far as it can be read. @throws AppError USAGE for a language that it does not have */
export function describePass(pass: ReadPass, options: DescribeOptions): PassDescription {
  const { file, files, json = {}, report } = pass
  const { now } = options
  const view = viewOf(pass, options)
  const strings = translations(files, view.locale)
  const translate = (text: string): string => strings.get(text) ?? text
  const known = PASS_STYLES.some((style) => typeof json[style] === 'object' && json[style] !== null)
  return {
    file,
    verdict: report.verdict,
    sentence: report.sentence,
    readable: pass.json !== undefined,
    style: known ? view.style : null,
    scheme: view.scheme ?? null,
    organizationName: view.organizationName || null,
    description: view.description || null,
    logoText: view.logoText ?? null,
    serialNumber: textOf(json.serialNumber),
    passTypeIdentifier: textOf(json.passTypeIdentifier),
    teamIdentifier: textOf(json.teamIdentifier),
    locale: view.locale,
    languages: passLanguages(files),
    fields: FIELD_GROUPS.flatMap((group) => fieldsOf(group, view)),
    barcodes: view.barcodes.map(({ altText = null, ...barcode }) => ({ ...barcode, altText })),
    times: timesOf(json, view.expiresAt, now),
    places: placesOf(json, translate),
    beacons: beaconsOf(json, translate),
    nfc: nfcOf(json),
    webService: serviceOf(json),
    colours: coloursOf(view),
    ...describeFiles(files),
    signer: report.signer ?? null,
    ...(options.strings ? { strings: describeTexts(files) } : {}),
  }
}

/** The pass as a phone in the chosen language shows it: English where nothing was chosen, else the first. */
export function viewOf({ file, files, json = {} }: ReadPass, options: Omit<DescribeOptions, 'strings'>): PassView {
  return viewPass({ passJson: json, files }, { ...options, locale: localeOf(file, files, options.locale) })
}

export function localeOf(name: string, files: ReadPass['files'], wanted: string | undefined): string {
  const languages = passLanguages(files)
  const usual = languages.find((language) => /^en\b/i.test(language)) ?? languages[0] ?? 'en'
  const choice = { name, files, usual, wanted: wanted === undefined ? [] : [wanted], allByDefault: false }
  return chooseLocales(choice)[0] ?? usual
}

function fieldsOf(group: FieldGroup, { groups }: PassView): DescribedField[] {
  return groups[group].map(({ key, label, text, value, changeMessage = null, runs = [] }) => ({
    group,
    key,
    label,
    text,
    value,
    changeMessage,
    links: runs.flatMap(({ href }) => href ?? []),
  }))
}

function coloursOf({ colours }: PassView): DescribedColour[] {
  return (['background', 'foreground', 'label'] as const).map((name) => ({
    name,
    hex: toHex(colours[name]),
    given: colours.given[name],
  }))
}
