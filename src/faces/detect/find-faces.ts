import type { Networks } from '../backends/types.js'
import type { Pyramid } from '../picture/pyramid.js'
import type { Turn } from '../types.js'
import { type Candidate, Detector } from './detector.js'
import { Mesher } from './mesher.js'
import { mergeSame } from './overlap.js'
import { HINT, hintsAtMore, type Level, levelsFor, MIN_FACE } from './policy.js'
import { lookAgain } from './second-look.js'
import { areSure, distinct, evidence, isFace, largestFirst } from './sift.js'
import type { FindOptions, FoundFace, FoundFaces } from './types.js'
import { tileViews, wholeView } from './views.js'

export const FIND_DEFAULTS: FindOptions = {
  minFace: undefined,
  minScore: 0.5,
  maxFaces: 200,
  tiles: 'auto',
  turns: true,
}

/** How many times its longer side a photo is looked at from when nothing was found in it. */
const FURTHER = 1.6
/** A photo is taken to be upright unless turning it shows this many times as much. */
const UPRIGHT = 1.2
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
    const certain = await lookAgain(detector, pyramid, mergeSame(candidates), set.minScore)
    const faces = await mesher.faces(pyramid, mergeSame(certain))
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

  let faces = await search(0, 1, levels)
  let turned: Turn = 0
  if (set.turns && !areSure(faces)) {
    let most = sumOf(faces, 0) * UPRIGHT
    const always = levels.filter(({ onSigns }) => !onSigns)
    for (const turn of TURNS) {
      const plain = turn === 0 ? faces : await search(turn, 1, always)
      const other = areSure(plain) ? plain : distinct([...plain, ...(await search(turn, FURTHER, []))])
      const sum = sumOf(other, turn) * (turn === 0 ? UPRIGHT : 1)
      if (sum > most) [faces, turned, most] = [other, turn, sum]
    }
  }
  return {
    turned,
    found: faces.length,
    faces: largestFirst(faces).slice(0, set.maxFaces),
  }
}

/** What speaks for a turn of the photo: its faces, those that stand upright then a little more than those that lie. */
function sumOf(faces: readonly FoundFace[], turn: Turn): number {
  const upright = ({ angle }: FoundFace): boolean => Math.cos(angle + (turn * Math.PI) / 180) > Math.SQRT1_2
  return faces.reduce((sum, face) => sum + evidence(face) * (upright(face) ? 1 : 0.65), 0)
}

/** Options that were given as undefined count as not given. */
function defined(options: Partial<FindOptions>): Partial<FindOptions> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}
