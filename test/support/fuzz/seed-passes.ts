import { hash, type KeyObject } from 'node:crypto'
import { GOOD_DESIGNS } from '../../cards/check/good-designs.js'
import { SUBJECT } from '../../signing/certs/material.js'
import { toBer } from '../../verifying/make-pass.js'
import { makeAuthority, makeLeaf, NOW, rsaKey } from '../make-certificates.js'
import { type CmsRecipe, makeCms } from '../make-cms.js'

/** A good pass, as entries to be packed, with what is needed to sign it again. */
export interface SeedPass {
  readonly name: string
  readonly verdict: 'valid' | 'expired'
  /** `manifest.json` and `signature` last. */
  readonly files: ReadonlyMap<string, Buffer>
  readonly signer: Signer
}

export interface Signer {
  readonly leaf: Buffer
  readonly key: KeyObject
  readonly certificates: readonly Buffer[]
  readonly recipe: Partial<CmsRecipe>
  readonly ber: boolean
}

export interface Seeds {
  readonly passes: readonly SeedPass[]
  /** DER of the intermediate to trust. */
  readonly trust: Buffer
}

const DAY = 86_400_000

/** Passes of several designs, signed as different tools sign: DER and BER, SHA-1 and SHA-256, version 1 and 3. */
export async function makeSeeds(): Promise<Seeds> {
  const authority = makeAuthority({ unit: 'T4' })
  const key = rsaKey()
  const leaf = makeLeaf(authority, key)
  const expired = makeLeaf(authority, key, { notAfter: NOW - DAY })
  const both = [leaf, authority.der]
  const signers: readonly [Signer, SeedPass['verdict'], keyof typeof GOOD_DESIGNS][] = [
    [{ leaf, key, certificates: both, recipe: {}, ber: false }, 'valid', 'store'],
    [{ leaf, key, certificates: both.toReversed(), recipe: { digest: 'sha1' }, ber: false }, 'valid', 'translated'],
    [{ leaf, key, certificates: both, recipe: { byKeyId: true }, ber: false }, 'valid', 'ticket'],
    [{ leaf, key, certificates: both, recipe: { digest: 'sha1' }, ber: true }, 'valid', 'boarding'],
    [{ leaf, key, certificates: both, recipe: { unsigned: true }, ber: true }, 'valid', 'finished'],
    [
      { leaf: expired, key, certificates: [expired, authority.der], recipe: { time: NOW - 2 * DAY }, ber: false },
      'expired',
      'stamps',
    ],
  ]
  const passes = signers.map(async ([signer, verdict, design]): Promise<SeedPass> => {
    const { pass, files } = await GOOD_DESIGNS[design]()
    const { passTypeIdentifier, teamIdentifier } = SUBJECT
    const text = JSON.stringify({ ...pass, passTypeIdentifier, teamIdentifier }, undefined, 2)
    const entries = Object.entries({ 'pass.json': text, ...files })
    const contents = new Map(entries.map(([path, content]) => [path, Buffer.from(content)]))
    const name = `${design}, ${signer.ber ? 'BER' : 'DER'} ${JSON.stringify(signer.recipe)}`
    return { name, verdict, files: signFiles(contents, signer), signer }
  })
  return { passes: await Promise.all(passes), trust: authority.der }
}

/** The files with a manifest and a signature that fit them. */
export function signFiles(files: ReadonlyMap<string, Buffer>, signer: Signer): Map<string, Buffer> {
  const signed = new Map([...files].filter(([path]) => path !== 'manifest.json' && path !== 'signature'))
  const digests = [...signed].map(([path, content]) => [path, hash('sha1', content, 'hex')])
  const manifest = Buffer.from(JSON.stringify(Object.fromEntries(digests)))
  return signed.set('manifest.json', manifest).set('signature', signManifest(manifest, signer))
}

export function signManifest(manifest: Buffer, { ber, recipe, ...signer }: Signer): Buffer {
  const der = makeCms({ manifest, ...signer, ...recipe })
  return ber ? toBer(der) : der
}
