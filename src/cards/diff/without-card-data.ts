import type { PassChange } from './pass-change.js'

/** What issuing sets on every card; a design has placeholders there. */
const SET_BY_ISSUING =
  /^(?:serialNumber|authenticationToken|webServiceURL|passTypeIdentifier|teamIdentifier|organizationName|(?:barcode|barcodes\/\d+)\/(?:message|messageEncoding|altText))$/

/**
 * The changes between a design and a card that do not come from the one being a design and the other a card.
 *
 * @param fed - keys of the fields that members feed.
 */
export function withoutCardData(changes: readonly PassChange[], fed: ReadonlySet<string>): PassChange[] {
  return changes.filter(({ kind, place, field }) => {
    if (SET_BY_ISSUING.test(place)) return false
    return !(kind === 'value' && field !== undefined && fed.has(field))
  })
}
