import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import forge from 'node-forge'
import { APPLE_OID } from '../../src/signing/certs/apple.js'
import {
  issueCertificate,
  keyIdentifierOf,
  NAME,
  type NameAttribute,
} from '../../src/signing/certs/issue-certificate.js'
import { SUBJECT } from '../signing/certs/material.js'

const DAY = 86_400_000
/** Now, in whole seconds, as certificates know time. */
export const NOW = Math.floor(Date.now() / 1000) * 1000

export function rsaKey(modulusLength = 2048): KeyObject {
  return generateKeyPairSync('rsa', { modulusLength }).privateKey
}

/** An authority whose keys stay known, in Apple's layout. */
export interface Authority {
  readonly name: readonly NameAttribute[]
  readonly key: KeyObject
  readonly der: Buffer
  readonly root: Buffer
}

export interface AuthorityRecipe {
  readonly unit?: string
  readonly organization?: string
  readonly key?: KeyObject
  readonly isAuthority?: boolean
  /** Authorities that may stand below the root, and below the intermediate. */
  readonly rootPathLength?: number
  readonly pathLength?: number
  readonly notBefore?: number
  readonly notAfter?: number
}

const { Class, Type, create } = forge.asn1
const utf8 = (text: string) => create(Class.UNIVERSAL, Type.UTF8, false, forge.util.encodeUtf8(text))
const identifierOf = (key: KeyObject) => Buffer.from(keyIdentifierOf(key), 'latin1').toString('hex')

export function makeAuthority({ unit = 'T1', organization = 'Test Root', ...recipe }: AuthorityRecipe = {}): Authority {
  const rootKey = rsaKey()
  const rootName: NameAttribute[] = [
    [NAME.organization, organization],
    [NAME.commonName, `Test Root ${unit}`],
  ]
  const name: NameAttribute[] = [
    [NAME.commonName, 'Apple Worldwide Developer Relations Certification Authority'],
    [NAME.organizationalUnit, unit],
    [NAME.organization, 'Apple Inc.'],
  ]
  const key = recipe.key ?? rsaKey()
  const dates = {
    notBefore: new Date(recipe.notBefore ?? NOW - 400 * DAY),
    notAfter: new Date(recipe.notAfter ?? NOW + 3000 * DAY),
  }
  const extensions = (own: KeyObject, cA: boolean, length?: number): object[] => [
    { name: 'basicConstraints', critical: true, cA, ...(length !== undefined && { pathLenConstraint: length }) },
    { name: 'authorityKeyIdentifier', keyIdentifier: keyIdentifierOf(rootKey) },
    { name: 'subjectKeyIdentifier', subjectKeyIdentifier: identifierOf(own) },
    { name: 'keyUsage', critical: true, keyCertSign: cA, cRLSign: cA, digitalSignature: !cA },
  ]
  const issue = (subject: NameAttribute[], own: KeyObject, cA: boolean, length?: number): Buffer =>
    issueCertificate({
      subject,
      issuer: rootName,
      key: own,
      issuerKey: rootKey,
      ...dates,
      extensions: extensions(own, cA, length),
    })
  const { isAuthority = true, pathLength, rootPathLength } = recipe
  return {
    name,
    key,
    der: issue(name, key, isAuthority, pathLength),
    root: issue(rootName, rootKey, true, rootPathLength),
  }
}

export interface LeafRecipe {
  readonly uid?: string | undefined
  readonly commonName?: string
  readonly team?: string | undefined
  readonly extension?: string | undefined
  readonly usage?: readonly string[]
  readonly isAuthority?: boolean
  readonly notBefore?: number
  readonly notAfter?: number
  readonly issuer?: Authority
  readonly key?: KeyObject
  /** Signs in place of the issuer's key. */
  readonly forgedWith?: KeyObject
}

/** A Pass Type ID certificate as Apple issues them, but for what the recipe says. */
export function makeLeaf(authority: Authority, key: KeyObject, recipe: LeafRecipe = {}): Buffer {
  const { issuer = authority } = recipe
  const pass = SUBJECT.passTypeIdentifier
  const uid = 'uid' in recipe ? recipe.uid : pass
  const team = 'team' in recipe ? recipe.team : SUBJECT.teamIdentifier
  const extension = 'extension' in recipe ? recipe.extension : pass
  const subject: NameAttribute[] = [
    ...(uid === undefined ? [] : [[NAME.uid, uid] as const]),
    [NAME.commonName, recipe.commonName ?? `Pass Type ID: ${uid ?? pass}`],
    ...(team === undefined ? [] : [[NAME.organizationalUnit, team] as const]),
    [NAME.organization, SUBJECT.organizationName],
  ]
  const usage = recipe.usage ?? ['clientAuth', APPLE_OID.passKeyUsage]
  return issueCertificate({
    subject,
    issuer: issuer.name,
    key: recipe.key ?? key,
    issuerKey: recipe.forgedWith ?? issuer.key,
    notBefore: new Date(recipe.notBefore ?? NOW - 100 * DAY),
    notAfter: new Date(recipe.notAfter ?? NOW + 200 * DAY),
    extensions: [
      { name: 'basicConstraints', critical: true, cA: recipe.isAuthority ?? false },
      { name: 'authorityKeyIdentifier', keyIdentifier: keyIdentifierOf(issuer.key) },
      ...(usage.length === 0
        ? []
        : [{ name: 'extKeyUsage', critical: true, ...Object.fromEntries(usage.map((one) => [one, true])) }]),
      { name: 'subjectKeyIdentifier', subjectKeyIdentifier: identifierOf(recipe.key ?? key) },
      { name: 'keyUsage', critical: true, digitalSignature: true, keyCertSign: recipe.isAuthority ?? false },
      ...(extension === undefined ? [] : [{ id: APPLE_OID.passTypeIdentifier, value: utf8(extension) }]),
    ],
  })
}
