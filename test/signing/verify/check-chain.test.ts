import { expect, test } from 'vitest'
import { readCertificate } from '../../../src/signing/certs/certificate.js'
import { checkChain } from '../../../src/signing/verify/check-chain.js'
import { createFindings } from '../../../src/signing/verify/findings.js'
import { type AuthorityRecipe, makeAuthority, makeLeaf, NOW, rsaKey } from '../../support/make-certificates.js'

const key = rsaKey()

/** What is found in the chain of a leaf, its intermediate and a trusted root. */
function found(recipe: AuthorityRecipe): readonly string[] {
  const authority = makeAuthority(recipe)
  const [leaf, issuer, root] = [makeLeaf(authority, key), authority.der, authority.root].map(readCertificate)
  if (leaf === undefined || issuer === undefined || root === undefined) throw new Error('three were made')
  const findings = createFindings()
  checkChain(leaf, { findings, certificates: [leaf, issuer], trust: [root], known: [], now: NOW })
  return findings.list.map(({ rule }) => rule)
}

test('an authority stands above as many others as it says, and no more', () => {
  expect(found({})).toEqual([])
  expect(found({ rootPathLength: 1, pathLength: 0 })).toEqual([])
  expect(found({ rootPathLength: 0, pathLength: 0 })).toEqual(['certificate.trust'])
})

test('the path length is read from the basic constraints', () => {
  const { der, root } = makeAuthority({ rootPathLength: 3 })
  expect(readCertificate(root).pathLength).toBe(3)
  expect(readCertificate(der).pathLength).toBeUndefined()
  expect(readCertificate(makeLeaf(makeAuthority(), key)).pathLength).toBeUndefined()
})
