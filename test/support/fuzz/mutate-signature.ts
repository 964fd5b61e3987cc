import { oid, tlv } from '../../../src/signing/der.js'
import { type Asn1Element, readAsn1 } from '../../../src/signing/verify/asn1.js'
import { CMS_OID } from '../make-cms.js'
import { mutateBytes, type Random } from './random.js'

const OIDS = [...Object.values(CMS_OID), '1.2.840.113635.100.6.1.16', '2.5.4.11', '0.9.2342.19200300.100.1.1']

/**
 * A CMS signature with one to three elements changed, and every length around them put right, so that what reads it
 * gets as far as the change.
 *
 * @param foreign - certificates to put in place of others
 */
export function mutateSignature(random: Random, signature: Buffer, foreign: readonly Buffer[]): Buffer {
  if (random.chance(0.15)) return mutateBytes(random, signature)
  let bytes = signature
  for (let times = 1 + random.int(3); times > 0; times--) {
    let root: Asn1Element
    try {
      root = readAsn1(bytes)
    } catch {
      return mutateBytes(random, bytes)
    }
    bytes = rebuild(root, random.pick(elementsOf(root)), (element) => changed(random, element, foreign))
  }
  return bytes
}

function elementsOf(element: Asn1Element): Asn1Element[] {
  return [element, ...element.children.flatMap(elementsOf)]
}

/** The tree again, with another text in place of one element. */
function rebuild(element: Asn1Element, target: Asn1Element, change: (target: Asn1Element) => Buffer): Buffer {
  if (element === target) return change(element)
  if (!contains(element, target)) return Buffer.from(element.raw)
  const children = element.children.map((child) => rebuild(child, target, change))
  return wrap(element, children)
}

function contains(element: Asn1Element, target: Asn1Element): boolean {
  return element.children.some((child) => child === target || contains(child, target))
}

function wrap(element: Asn1Element, children: readonly Buffer[]): Buffer {
  const [tag = 0] = element.raw
  if (element.indefinite) return Buffer.concat([Buffer.from([tag, 0x80]), ...children, Buffer.alloc(2)])
  return tlv(tag, ...children)
}

function changed(random: Random, element: Asn1Element, foreign: readonly Buffer[]): Buffer {
  const [tag = 0] = element.raw
  const content = Buffer.from(element.content)
  switch (random.int(10)) {
    case 0:
      return Buffer.alloc(0)
    case 1:
      return Buffer.concat([element.raw, element.raw])
    case 2:
      return tlv(random.pick([0x02, 0x04, 0x05, 0x06, 0x24, 0x30, 0x31, 0xa0, 0xa1, 0x80, random.int(256)]), content)
    case 3:
      return Buffer.concat([Buffer.from([tag, 0x84]), random.pick([random.bytes(4), Buffer.alloc(4, 0xff)]), content])
    case 4:
      return tlv(0x06, oid(random.pick(OIDS)).subarray(2))
    case 5:
      return random.pick(foreign)
    case 6:
      return wrap(element, element.children.map((child) => Buffer.from(child.raw)).toReversed())
    case 7:
      return Buffer.from(tlv(0x30, element.raw))
    case 8:
      return tlv(0x17, Buffer.from(random.pick(['991231235959Z', '000101000000Z', '270230000000Z', ''])))
    default:
      return element.constructed && element.children.length > 0
        ? wrap(element, shuffled(random, element))
        : tlv(tag, mutateBytes(random, content))
  }
}

function shuffled(random: Random, { children }: Asn1Element): Buffer[] {
  return children.map((child) => Buffer.from(child.raw)).toSorted(() => random.int(3) - 1)
}
