import type { Place } from '../../kit/findings.js'
import { mostLanguages, passLanguages } from '../view/languages.js'
import { parseStrings, readStringsFile, type StringsFile } from '../view/strings-file.js'
import { linePositions } from './line-positions.js'
import { listOf, objectOf, type Subject } from './subject.js'

export interface Language {
  readonly name: string
  readonly path: string
  readonly strings: StringsFile
  readonly texts: ReadonlyMap<string, string>
}

/** A text of the card that phones translate. */
export interface UsedText {
  readonly text: string
  readonly at: string
  readonly kind: 'label' | 'value' | 'changeMessage' | 'other' | 'option'
  /** The field whose option it is. */
  readonly field?: string
}

/** The languages of a pass that have a pass.strings file; of very many the first. */
export function languagesOf({ files, passText }: Pick<Subject, 'files' | 'passText'>): Language[] {
  const found = passLanguages(files).flatMap((name) => {
    const path = `${name}.lproj/pass.strings`
    const bytes = files.get(path)
    return bytes === undefined ? [] : [{ name, path, bytes }]
  })
  return found
    .slice(0, mostLanguages(passText.length))
    .map(({ name, path, bytes }) => ({ name, path, strings: readStringsFile(bytes), texts: parseStrings(bytes) }))
}

/** A place in a strings file. */
export function stringsPlace({ path, strings }: Language, offset: number): Place {
  const position = positions.get(strings) ?? linePositions(strings.text)
  positions.set(strings, position)
  return { file: path, ...position(offset) }
}

/** Lines are counted once, however many findings there are in a file. */
const positions = new WeakMap<StringsFile, ReturnType<typeof linePositions>>()

/** Everything in pass.json and in the options of design.yaml that a phone looks up in pass.strings. */
export function usedTexts({ passJson, fields, design }: Subject): UsedText[] {
  const used: UsedText[] = []
  const add = (text: unknown, at: string, kind: UsedText['kind'], field?: string) => {
    if (typeof text === 'string' && text !== '')
      used.push({ text, at, kind, ...(field === undefined ? {} : { field }) })
  }
  for (const key of ['organizationName', 'description', 'logoText', 'eventLogoText']) add(passJson[key], key, 'other')
  for (const { at, json } of fields) {
    add(json.label, `${at}/label`, 'label')
    add(json.changeMessage, `${at}/changeMessage`, 'changeMessage')
    add(json.value, `${at}/value`, 'value')
    add(json.attributedValue, `${at}/attributedValue`, 'value')
  }
  for (const key of ['barcodes', 'locations', 'beacons']) {
    listOf(passJson[key]).forEach((item, index) => {
      const name = key === 'barcodes' ? 'altText' : 'relevantText'
      add(objectOf(item)?.[name], `${key}/${index}/${name}`, 'other')
    })
  }
  add(objectOf(passJson.barcode)?.altText, 'barcode/altText', 'other')
  for (const spec of design?.fields ?? []) {
    const site = fields.find(({ key }) => key === spec.key)
    for (const option of site === undefined ? [] : (spec.options ?? []))
      add(option, `${site?.at}/value`, 'option', spec.key)
    if (site !== undefined) add(spec.default, `${site.at}/value`, 'option', spec.key)
  }
  return used
}
