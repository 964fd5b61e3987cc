import { buildPass, compileFiles } from '../../src/signing/archive/pass-archive.js'
import { createManifestSigner } from '../../src/signing/cms.js'
import { SUBJECT } from '../signing/certs/material.js'
import { makeAuthority, makeLeaf, rsaKey } from './make-certificates.js'

export interface WalletPass {
  readonly serial: string
  readonly token: string
  /** Without it the pass is of no service. */
  readonly url: string
  readonly balance: number
}

export interface WalletPasses {
  readonly passType: string
  /** DER of the intermediate, which nobody else trusts. */
  readonly issuer: Buffer
  sign(pass: WalletPass): Buffer
}

/** Signs passes with certificates made on the fly. */
export function makeWalletPasses(): WalletPasses {
  const authority = makeAuthority()
  const key = rsaKey()
  const signer = createManifestSigner({ leaf: makeLeaf(authority, key), issuer: authority.der, key })
  const shared = compileFiles(
    new Map([
      ['icon.png', Buffer.from('an icon')],
      ['icon@2x.png', Buffer.from('a larger icon')],
    ]),
  )
  return {
    passType: SUBJECT.passTypeIdentifier,
    issuer: authority.der,
    sign({ serial, token, url, balance }) {
      const json = JSON.stringify({
        formatVersion: 1,
        ...SUBJECT,
        serialNumber: serial,
        authenticationToken: token,
        webServiceURL: url,
        description: 'Bonus card',
        storeCard: { primaryFields: [{ key: 'balance', label: 'Balance', value: balance }] },
      })
      const { head, tail } = buildPass(shared, json, { signer, now: new Date() })
      return Buffer.concat([head, tail])
    },
  }
}
