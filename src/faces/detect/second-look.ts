import type { Pyramid } from '../picture/pyramid.js'
import type { Candidate, Detector } from './detector.js'
import { iou } from './overlap.js'
import type { View } from './views.js'

/** Candidates less sure than this, or smaller in the detector's input, are looked at again, alone. */
const SURE = 0.75
const LARGE = 24
/** Sides of its box that are shown around a candidate: its face takes about 70 of 256 pixels, which the detector likes best. */
const AROUND = 3.5
/** What is found the second time must be the same face. */
const SAME_IOU = 0.35

/**
 * Looks again at each candidate that is uncertain or was small, at the size the detector knows best. What two faces side
 * by side looked like, or a pattern that looked like a face from far away, does not stand that; a face does, and gets
 * better boxes and points.
 */
export async function lookAgain(
  detector: Detector,
  pyramid: Pyramid,
  candidates: readonly Candidate[],
  minScore: number,
): Promise<Candidate[]> {
  const kept: Candidate[] = []
  for (const candidate of candidates) {
    if (candidate.score >= SURE && candidate.seen >= LARGE) {
      kept.push(candidate)
      continue
    }
    const seen = await detector.look(pyramid, [around(candidate)], minScore)
    const best = seen.reduce<Candidate | undefined>(
      (so, one) => (iou(one.box, candidate.box) > (so ? iou(so.box, candidate.box) : SAME_IOU) ? one : so),
      undefined,
    )
    if (best !== undefined) kept.push(best)
  }
  return kept
}

function around({ box: { x, y, width, height }, turn }: Candidate): View {
  const centre = { x: x + width / 2, y: y + height / 2 }
  return { centre, size: Math.max(width, height) * AROUND, turn, beyond: [false, false, false, false] }
}
