import type { PassSource } from '../pass/pass-source.js'

export interface SourceBarcode {
  readonly format: string
  readonly message: string
  readonly altText?: string
}

/** The serial of a pass; undefined when it has none. */
export function serialOf({ json }: Pick<PassSource, 'json'>): string | undefined {
  return typeof json.serialNumber === 'string' && json.serialNumber !== '' ? json.serialNumber : undefined
}

/** The barcodes of a pass, the old single one last. */
export function barcodesOf({ json }: Pick<PassSource, 'json'>): readonly SourceBarcode[] {
  const all = [...(Array.isArray(json.barcodes) ? json.barcodes : []), json.barcode] as unknown[]
  return all.flatMap((item) => {
    if (typeof item !== 'object' || item === null) return []
    const { message, altText, format } = item as Record<string, unknown>
    if (typeof message !== 'string') return []
    return [
      { format: String(format ?? ''), message, ...(typeof altText === 'string' && altText !== '' ? { altText } : {}) },
    ]
  })
}
