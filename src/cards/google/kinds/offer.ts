import { compact } from '../json.js'
import { issuerName } from '../roles.js'
import { createClaims, type KindParts, type Source } from '../source.js'
import { checkLength } from '../texts.js'
import { contentTitle, issuerPart, noteNames } from './names.js'

/** An offer: a coupon, called after what it gives. */
export function offer(source: Source): KindParts {
  const { texts, report, view, fields } = source
  const claims = createClaims(report)
  const title = contentTitle(source, claims, 'class.title', true)
  noteNames(source, [title], 'class.title')
  const heading = fields.find(({ path }) => claims.taken.has(path))
  if (heading !== undefined && heading.view.label !== '')
    report.add('field.role', `${heading.path}/label`, { to: 'class.details' })
  const provider = issuerName(source)
  checkLength(provider, 12, { report, from: 'organizationName', to: 'class.provider', languages: texts.languages })
  const redemptionChannel = view.barcodes.length > 0 ? 'INSTORE' : 'ONLINE'
  report.add('offer.channel', '', { to: 'class.redemptionChannel' })
  return {
    class: compact({
      ...issuerPart(source),
      ...texts.both('title', title),
      ...texts.both('provider', provider),
      ...(heading === undefined ? {} : texts.both('details', heading.labels)),
      redemptionChannel,
    }),
    object: {},
    claims,
  }
}
