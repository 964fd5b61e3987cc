import { stringify } from 'csv-stringify/sync'
import { createLinkCodes } from '../cards/links/link-code.js'
import { AppendFile } from '../jobs/append-file.js'
import type { Trx } from '../store/index.js'
import type { Recorded } from './record-batch.js'

const HEADER = ['serial', 'link', 'qr', 'barcode']

/** Makes the address under which a card is downloaded. */
export function createLinkMaker(secret: Buffer, serviceUrl: string): (cardId: number) => string {
  const codes = createLinkCodes(secret)
  const base = serviceUrl.replace(/\/+$/, '')
  return (cardId) => `${base}/c/${codes.encode(cardId)}`
}

/**
 * `--links`: one line per card with its serial, its download link, what a printed QR holds (the link, marked so that
 * scans are told from clicks) and the card's own barcode.
 */
export class LinksFile {
  readonly #file: AppendFile
  readonly #linkOf: (cardId: number) => string

  constructor(path: string, { length, linkOf }: { length: number; linkOf: (cardId: number) => string }) {
    this.#file = AppendFile.open(path, length)
    this.#linkOf = linkOf
    if (length === 0) this.#file.append(Buffer.from(stringify([HEADER])))
  }

  get length(): number {
    return this.#file.length
  }

  add(cards: readonly { readonly id: number; readonly serial: string; readonly barcode: string }[]): void {
    const lines = cards.map(({ id, serial, barcode }) => {
      const link = this.#linkOf(id)
      return [serial, link, `${link}?via=qr`, barcode]
    })
    this.#file.append(Buffer.from(stringify(lines)))
  }

  finish(): string {
    this.#file.finish()
    return this.#file.path
  }

  stop(): void {
    this.#file.close()
  }
}

/** What the file says of cards that were just recorded. */
export async function linkRows(trx: Trx, recorded: readonly Recorded[]) {
  const serials = recorded.flatMap(({ card }) => (card === undefined ? [] : [card.serial]))
  if (serials.length === 0) return []
  const rows = await trx
    .selectFrom('cards')
    .select(['id', 'serial', 'barcode'])
    .where('serial', 'in', serials)
    .execute()
  const bySerial = new Map(rows.map((row) => [row.serial, row]))
  return serials.flatMap((serial) => bySerial.get(serial) ?? [])
}
