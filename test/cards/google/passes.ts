import { googleTwin, type TwinOptions } from '../../../src/cards/google/google-twin.js'
import type { GoogleTwin } from '../../../src/cards/google/types.js'
import type { PassBundle } from '../../../src/cards/view/types.js'
import { PIXEL } from '../design-folder.js'

export const NOW = Date.parse('2026-05-01T12:00:00Z')

/** What Google makes of anything: JSON of unknown shape, for `toMatchObject` and the like. */
export type Json = Record<string, unknown>

const BASE = {
  formatVersion: 1,
  passTypeIdentifier: 'pass.com.example.card',
  teamIdentifier: 'A1B2C3D4E5',
  serialNumber: '0042',
  organizationName: 'Nordlicht',
  description: 'Bonus card',
  backgroundColor: 'rgb(18, 41, 74)',
}

export interface SamplePass extends Json {
  readonly files?: Readonly<Record<string, Uint8Array | string>>
}

/** A pass as Apple has it, with an icon; strings are written as files. */
export function samplePass({ files = {}, ...pass }: SamplePass): PassBundle {
  const all = { 'icon@3x.png': PIXEL, ...files }
  const bytes = Object.entries(all).map(([path, content]) => [path, Buffer.from(content)] as const)
  return { passJson: { ...BASE, ...pass }, files: new Map(bytes) }
}

export function twinOf(pass: SamplePass, options: Partial<TwinOptions> = {}): GoogleTwin {
  return googleTwin(samplePass(pass), undefined, { issuerId: '3388', classSuffix: 'bonus', now: NOW, ...options })
}

/** `id from -> to` of the notes, for those that matter in a test. */
export function notesOf({ report }: GoogleTwin, ...ids: readonly string[]): string[] {
  return report
    .filter(({ id }) => ids.length === 0 || ids.includes(id))
    .map(({ id, from, to }) => `${id} ${from}${to === undefined ? '' : ` -> ${to}`}`)
}

/** The field paths of the rows of the card. */
export function rowsOf({ class: cls }: GoogleTwin): string[][] {
  const { classTemplateInfo } = cls as {
    classTemplateInfo?: { cardTemplateOverride: { cardRowTemplateInfos: Json[] } }
  }
  return (classTemplateInfo?.cardTemplateOverride.cardRowTemplateInfos ?? []).map((row) =>
    [...JSON.stringify(row).matchAll(/"fieldPath":"([^"]+)"/g)].map(([, path = '']) => path),
  )
}
