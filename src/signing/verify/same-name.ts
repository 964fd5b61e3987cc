import { Asn1Error, readAsn1, TAG } from './asn1.js'
import { childrenOf, oidOf, textOf } from './asn1-values.js'

/**
 * Whether two distinguished names (DER) are the same but for case, spaces and the type of their strings, as RFC 5280,
 * 7.1 and openssl compare them.
 */
export function isSameName(one: Uint8Array, other: Uint8Array): boolean {
  try {
    return canonical(one) === canonical(other)
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error
    return false
  }
}

function canonical(name: Uint8Array): string {
  const sets = childrenOf(readAsn1(name), TAG.sequence, 'the name').map((set) =>
    childrenOf(set, TAG.set, 'the name').map((attribute) => {
      const [type, value, ...rest] = childrenOf(attribute, TAG.sequence, 'the name')
      // X.501: a type and a value; strict readers refuse the whole signature when there is more.
      if (value === undefined || rest.length > 0) throw new Asn1Error('the name is malformed')
      const text = textOf(value)?.trim().toLowerCase().replaceAll(/\s+/g, ' ')
      return [oidOf(type, 'the name'), text ?? Buffer.from(value?.raw ?? []).toString('hex')]
    }),
  )
  return JSON.stringify(sets)
}
