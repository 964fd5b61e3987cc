import type { RuleGroup } from '../rule.js'
import type { Subject } from '../subject.js'

const KILOBYTE = 1000
/** What a card should stay under, and what is light. */
export const HEAVY_CARD = 150 * KILOBYTE
export const LIGHT_CARD = 80 * KILOBYTE

/** How long the card takes to arrive. */
export const WEIGHT_RULES: RuleGroup = {
  id: 'weight',
  title: 'Weight',
  intro: 'Every card carries all pictures, and is loaded again whole with every update.',
  rules: [
    {
      id: 'weight.heavy',
      severity: 'shown-badly',
      title: 'A card weighs more than 150 KB.',
      reason: 'In a shop with poor reception it takes seconds to arrive, and with every update again.',
      fix: 'Make the pictures that the message names smaller: fewer colours, no noise; `tessera design pictures` does.',
      source: 'Tessera: size budget of a card',
      example: 'strip@3x.png of 400 KB, a photograph saved as PNG',
      check: (subject) => heavier(subject, { above: HEAVY_CARD, upTo: Number.POSITIVE_INFINITY, limit: '150 KB' }),
    },
    {
      id: 'weight.middling',
      severity: 'advice',
      title: 'A card weighs more than 80 KB.',
      reason: 'A million cards of 150 KB are 150 GB to sign, keep and send.',
      fix: 'Make the pictures that the message names smaller: fewer colours, no noise; `tessera design pictures` does.',
      source: 'Tessera: size budget of a card',
      example: 'strip@3x.png of 90 KB',
      check: (subject) => heavier(subject, { above: LIGHT_CARD, upTo: HEAVY_CARD, limit: '80 KB' }),
    },
  ],
}

async function heavier(subject: Subject, { above, upTo, limit }: { above: number; upTo: number; limit: string }) {
  // What a card really carries: the strip that is drawn for its stamps, not the one that stands in for it.
  const { files } = await subject.bundle(subject.locales[0] ?? 'en')
  const weights = [...files].map(([path, bytes]) => ({ path, bytes: bytes.length }))
  const total = weights.reduce((sum, { bytes }) => sum + bytes, Buffer.byteLength(subject.passText))
  if (total <= above || total > upTo) return []
  const largest = weights.toSorted((a, b) => b.bytes - a.bytes).slice(0, 3)
  const named = largest.map(({ path, bytes }) => `${path} ${kilobytes(bytes)}`).join(', ')
  const message = `A card weighs ${kilobytes(total)}, more than ${limit}. Most of it: ${named}.`
  return [{ at: { file: largest[0]?.path ?? 'pass.json' }, message }]
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / KILOBYTE)} KB`
}
