import type { Pyramid } from '../picture/pyramid.js'
import type { Candidate, Detector } from './detector.js'
import { iou } from './overlap.js'
import type { View } from './views.js'

/** Candidates surer than this, or large in the detector's input (in pixels) and rather sure, need no second look. */
const SURE = 0.87
const LARGE = { seen: 24, score: 0.75 }
/**
 * Sides of its box that are shown around a candidate: its face takes about 70 of 256 pixels, which the detector likes
 * best. Then once more, moved by a part of the box: the grid of the detector's cells favours some places over others.
 */
const AROUND = 3.5
const MOVES = [0, 0.35]
/** What is found the second time must be the same face. */
const SAME_IOU = 0.35

/**
 * Looks again at each candidate that is uncertain or was small, at the size the detector knows best. What two faces side
 * by side looked like, or a pattern that looked like a face from far away, does not stand that; a face does, and gets
 * better boxes and points. A mere hint of a face becomes one when it is.
 */
export async function lookAgain(
  detector: Detector,
  pyramid: Pyramid,
  candidates: readonly Candidate[],
  minScore: number,
): Promise<Candidate[]> {
  const kept: Candidate[] = []
  for (const candidate of candidates) {
    const { score, seen } = candidate
    if (score >= Math.max(minScore, seen >= LARGE.seen ? LARGE.score : SURE)) {
      kept.push(candidate)
      continue
    }
    for (const move of score < minScore ? MOVES.slice(0, 1) : MOVES) {
      const again = await detector.look(pyramid, [around(candidate, move)], minScore)
      const best = again.reduce<Candidate | undefined>(
        (so, one) => (iou(one.box, candidate.box) > (so ? iou(so.box, candidate.box) : SAME_IOU) ? one : so),
        undefined,
      )
      if (best === undefined) continue
      kept.push(best)
      break
    }
  }
  return kept
}

function around({ box: { x, y, width, height }, turn }: Candidate, move: number): View {
  const longer = Math.max(width, height)
  const centre = { x: x + width / 2 + longer * move, y: y + height / 2 + longer * move }
  return { centre, size: longer * AROUND, turn, beyond: [false, false, false, false] }
}
