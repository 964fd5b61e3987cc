import { compact, listOf, objectOf, textOf } from './json.js'
import type { Source, SourceField } from './source.js'
import { checkLength, type Words } from './texts.js'
import type { JsonObject } from './types.js'

const MOST = 10
/** Keys of pass.json that are buttons in Apple Wallet: addresses of event guides and of airlines, and featured actions. */
const URL_KEY = /^(?:[a-z]\w*URL|(?:contactVenue|transitProvider)(?:Email|PhoneNumber|Website|WebsiteURL))$/
const NOT_LINKS = new Set(['webServiceURL', 'appLaunchURL'])

export interface Links {
  readonly classLinks: readonly JsonObject[]
  readonly objectLinks: readonly JsonObject[]
  /** Paths of fields that are nothing but one link, which then says it all. */
  readonly linkOnly: ReadonlySet<string>
}

/** The links in fields, and those that Apple Wallet has as buttons. */
export function passLinks(source: Source): Links {
  const { report, fields } = source
  const classLinks: JsonObject[] = []
  const objectLinks: JsonObject[] = []
  const linkOnly = new Set<string>()
  const push = (link: JsonObject, from: string, side: 'class' | 'object', id: 'field.link' | 'link.url'): void => {
    const list = side === 'class' ? classLinks : objectLinks
    const to = `${side}.linksModuleData`
    list.push(link)
    report.add(list.length > MOST ? 'link.surplus' : id, from, { to })
  }

  for (const field of fields) {
    const [found = []] = field.links
    const only = found.length === 1 && field.view.text.trim() === found[0]?.text.trim() && field.view.label !== ''
    for (const [index, { text, href }] of found.entries()) {
      const uri = usable(href)
      if (uri === undefined) {
        report.add('field.link-unusable', field.path, { reason: `Google takes no link such as ${href.slice(0, 60)}.` })
        continue
      }
      const words = only ? field.labels : linkTexts(field, index, text)
      push(describe(source, words, uri, field.path), field.path, field.varies ? 'object' : 'class', 'field.link')
      if (only) linkOnly.add(field.path)
    }
  }
  for (const [from, text, href] of buttons(source)) {
    const uri = usable(href)
    if (uri === undefined) report.add('field.link-unusable', from)
    else push(describe(source, source.texts.literal(text), uri, from), from, 'class', 'link.url')
  }
  return { classLinks: classLinks.slice(0, MOST), objectLinks: objectLinks.slice(0, MOST), linkOnly }
}

/** The text of the same link in each language; where a translation has none, that of the first. */
function linkTexts(field: SourceField, index: number, first: string): Words {
  return field.links.map((links) => links[index]?.text ?? first)
}

function describe({ report, texts }: Source, words: Words, uri: string, from: string): JsonObject {
  const to = 'linksModuleData.description'
  checkLength(words, 20, { report, from, to, languages: texts.languages })
  return compact({ uri, ...texts.both('description', words) })
}

function buttons({ pass }: Source): (readonly [from: string, text: string, href: string])[] {
  const own = Object.entries(pass).flatMap(([key, value]) => {
    const address = textOf(value)
    if (address === undefined || !URL_KEY.test(key) || NOT_LINKS.has(key)) return []
    const href = /Email$/.test(key) ? `mailto:${address}` : /PhoneNumber$/.test(key) ? `tel:${address}` : address
    return [[key, title(key), href] as const]
  })
  const actions = listOf(pass.featuredActions).flatMap((action) => {
    const { type, url } = objectOf(action) ?? {}
    const address = textOf(url)
    return address === undefined ? [] : [['featuredActions', title(textOf(type) ?? 'link'), address] as const]
  })
  return [...own, ...actions]
}

/** `bagPolicyURL` -> `Bag policy`. */
function title(key: string): string {
  const words = key
    .replace(/(?:Website)?URL$/, '')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function usable(href: string): string | undefined {
  const uri = href.trim()
  if (/^tel:\+?[\d().\s-]+$/i.test(uri)) return uri.replaceAll(/[^\w:+]/g, '')
  return /^(?:https?:\/\/[^\s]+|mailto:[^\s]+)$/i.test(uri) ? uri : undefined
}
