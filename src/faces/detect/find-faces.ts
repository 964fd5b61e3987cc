import type { Networks } from '../backends/types.js'
import type { Pyramid } from '../picture/pyramid.js'
import type { Turn } from '../types.js'
import { type Candidate, Detector } from './detector.js'
import { Mesher } from './mesher.js'
import { mergeSame } from './overlap.js'
import { HINT, hintsAtMore, type Level, levelsFor, MIN_FACE } from './policy.js'
import { lookAgain } from './second-look.js'
import { distinct, isFace, isSure, largestFirst } from './sift.js'
import type { FindOptions, FoundFace, FoundFaces } from './types.js'
import { tileViews, wholeView } from './views.js'

export const FIND_DEFAULTS: FindOptions = {
  minFace: undefined,
  minScore: 0.5,
  maxFaces: 100,
  tiles: 'auto',
  turns: true,
}

/** How many times its longer side a photo is looked at from when nothing was found in it. */
const FURTHER = 1.6
const TURNS: readonly Turn[] = [0, 90, 180, 270]

/** Detectors hold a buffer of their own, so they are kept, one for each back end. */
const tools = new WeakMap<Networks, Promise<{ detector: Detector; mesher: Mesher }>>()

function toolsFor(networks: Networks): Promise<{ detector: Detector; mesher: Mesher }> {
  const known =
    tools.get(networks) ??
    Promise.all([Detector.open(networks), Mesher.open(networks)]).then(([detector, mesher]) => ({ detector, mesher }))
  tools.set(networks, known)
  return known
}

/**
 * Finds faces of all sizes in a photo, each with the mesh network's points. How far it looks: policy.ts. Not to be called
 * again for the same networks before it has answered.
 */
export async function findFaces(
  pyramid: Pyramid,
  networks: Networks,
  options: Partial<FindOptions> = {},
): Promise<FoundFaces> {
  const set: FindOptions = { ...FIND_DEFAULTS, ...defined(options) }
  const { detector, mesher } = await toolsFor(networks)
  const levels = levelsFor(pyramid.photo, set)

  async function confirm(candidates: readonly Candidate[]): Promise<FoundFace[]> {
    const likely = mergeSame(candidates.filter(({ score }) => score >= set.minScore))
    const certain = mergeSame(await lookAgain(detector, pyramid, likely, set.minScore))
    const faces = await mesher.faces(pyramid, certain)
    const least = set.minFace ?? MIN_FACE
    return distinct(
      faces.filter((face) => isFace(face, pyramid.photo) && Math.max(face.box.width, face.box.height) >= least),
    )
  }

  async function search(turn: Turn, margin: number, tiles: readonly Level[]): Promise<FoundFace[]> {
    const hint = Math.min(HINT, set.minScore)
    const all = await detector.look(pyramid, [wholeView(pyramid.photo, turn, margin)], hint)
    let last = all
    for (const { size, onSigns } of tiles) {
      if (onSigns && !hintsAtMore(last)) break
      last = await detector.look(pyramid, tileViews(pyramid.photo, size, turn), hint)
      all.push(...last)
    }
    return confirm(all)
  }

  let best = { turned: 0 as Turn, faces: await search(0, 1, levels), sure: 0 }
  if (set.turns && !best.faces.some(isSure)) {
    const always = levels.filter(({ onSigns }) => !onSigns)
    for (const turned of TURNS) {
      const plain = turned === 0 ? best.faces : await search(turned, 1, always)
      const faces = plain.some(isSure) ? plain : [...plain, ...(await search(turned, FURTHER, []))]
      const sure = faces.filter(isSure).reduce((sum, { score, meshScore }) => sum + score * meshScore, 0)
      if (sure > best.sure) best = { turned, faces: distinct(faces), sure }
    }
  }
  return {
    turned: best.turned,
    found: best.faces.length,
    faces: largestFirst(best.faces).slice(0, set.maxFaces),
  }
}

/** Options that were given as undefined count as not given. */
function defined(options: Partial<FindOptions>): Partial<FindOptions> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}
