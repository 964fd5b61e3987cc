import { firstWords, givenText, issuerName } from '../roles.js'
import type { Claims, Source } from '../source.js'
import { checkLength, type Words } from '../texts.js'
import type { JsonObject } from '../types.js'

/** The name at the top, with its note. Google's limit for it is 20 characters. */
export function issuerPart(source: Source, most = 20): JsonObject {
  const { texts, report } = source
  const words = issuerName(source)
  const from = source.config.issuerName === undefined ? 'organizationName' : 'design.yaml: google.issuerName'
  const to = 'class.issuerName'
  report.add('name.issuer', 'organizationName', { to })
  checkLength(words, most, { report, from, to, languages: texts.languages })
  return texts.both('issuerName', words)
}

/** The title of cards that are called after their programme: `google.title`, `programName`, logoText, description. */
export function programTitle(source: Source): Words {
  const { config, texts } = source
  const issuer = issuerName(source)
  return firstWords(
    givenText(source, 'title'),
    config.programName === undefined ? undefined : texts.literal(config.programName),
    // Where the text beside Apple's logo is the issuer, whom Google names anyway, the description says more.
    texts.words((view) => (view.logoText === issuer[0] ? '' : (view.logoText ?? ''))),
    texts.words((view) => view.description),
    issuer,
  )
}

/** The title of cards that are called after what they are good for: the primary field, else the description. */
export function contentTitle(source: Source, claims: Claims, to: string, atClass: boolean): Words {
  const { fields, texts, report, config } = source
  const given = givenText(source, 'title')
  const named = typeof config.title === 'object' ? source.field(config.title.field) : undefined
  if (named !== undefined) {
    claims.take(named, to)
    if (atClass && named.varies && source.design !== undefined) report.add('field.class', named.path, { to })
  }
  if (given !== undefined)
    return firstWords(
      given,
      texts.words((view) => view.description),
    )
  const primary = fields.find(({ group, view }) => group === 'primaryFields' && view.text !== '')
  if (primary !== undefined && !(atClass && primary.varies && source.design !== undefined)) {
    claims.take(primary, to)
    return primary.texts
  }
  return firstWords(
    texts.words((view) => view.description),
    texts.words((view) => view.logoText ?? ''),
    texts.words((view) => view.organizationName),
  )
}

/** Notes of the texts that Apple shows at the top and Google perhaps not. */
export function noteNames(source: Source, shown: readonly Words[], to: string): void {
  const { view, report, texts, config } = source
  const [issuer] = issuerName(source)
  const seen = new Set(shown.map(([first]) => first))
  for (const name of ['logoText', 'description'] as const) {
    const text = view[name]
    if (text === undefined || text === '') continue
    if (seen.has(text)) report.add('name.title', name, { to })
    else if (text === issuer) report.add('name.repeated', name, { reason: 'Says what the name of the issuer says.' })
    // VoiceOver reads the description, which no card shows.
    else if (name === 'description') report.add('key.apple', name, { reason: 'Read aloud by VoiceOver, never shown.' })
    else report.add('name.hidden', name)
  }
  const [title] = shown
  if (title === undefined) return
  const given = config.title !== undefined || config.programName !== undefined
  const from = given ? 'design.yaml: google.title' : seen.has(view.logoText) ? 'logoText' : 'description'
  checkLength(title, TITLE_LIMITS[to] ?? 20, { report, from, to, languages: texts.languages })
}

const TITLE_LIMITS: Readonly<Record<string, number>> = { 'class.title': 60, 'class.eventName': 60, 'object.header': 60 }
