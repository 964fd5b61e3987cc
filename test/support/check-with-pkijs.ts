import { ContentInfo, SignedData } from 'pkijs'

/** Whether the signature signs the manifest, as another library sees it: digest, attributes and value. */
export async function pkijsAccepts(signature: Uint8Array, manifest: Uint8Array): Promise<boolean> {
  try {
    const info = ContentInfo.fromBER(Uint8Array.from(signature))
    if (info.contentType !== ContentInfo.SIGNED_DATA) return false
    const signed = new SignedData({ schema: info.content })
    if (signed.signerInfos.length !== 1) return false
    return await signed.verify({ signer: 0, data: Uint8Array.from(manifest).buffer, checkChain: false })
  } catch {
    return false
  }
}
