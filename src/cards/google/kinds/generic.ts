import { compact } from '../json.js'
import { firstWords, givenText, issuerName } from '../roles.js'
import { createClaims, type KindParts, type Source } from '../source.js'
import { checkLength } from '../texts.js'
import { contentTitle, noteNames } from './names.js'

/** A generic pass: everything that names it stands on the object. */
export function generic(source: Source): KindParts {
  const { texts, report, fields } = source
  const claims = createClaims(report)
  const cardTitle = firstWords(
    source.config.issuerName === undefined ? texts.words((view) => view.logoText ?? '') : undefined,
    issuerName(source),
  )
  const to = 'object.cardTitle'
  report.add('name.issuer', 'organizationName', { to })
  checkLength(cardTitle, 20, { report, from: 'organizationName', to, languages: texts.languages })

  const title = contentTitle(source, claims, 'object.header', false)
  const heading = fields.find(({ path }) => claims.taken.has(path))
  const subtitle = givenText(source, 'subtitle') ?? heading?.labels
  noteNames(source, [title, cardTitle], 'object.header')
  return {
    class: {},
    object: compact({
      cardTitle: texts.localized(cardTitle),
      header: texts.localized(title),
      subheader: subtitle === undefined ? undefined : texts.localized(subtitle),
      genericType: 'GENERIC_TYPE_UNSPECIFIED',
    }),
    claims,
  }
}
