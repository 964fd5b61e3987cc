/** Precision, recall and their harmonic mean. */
export interface Agreement {
  readonly precision: number
  readonly recall: number
  readonly f: number
}

export interface ClusteringResult {
  readonly photos: number
  readonly people: number
  /** People with one photo. */
  readonly singlePeople: number
  readonly clusters: number
  readonly singletons: number
  readonly bcubed: Agreement
  readonly pairwise: Agreement
}

/**
 * How well clusters agree with people.
 *
 * - BCubed (Bagga and Baldwin 1998; Amigó et al., A comparison of extrinsic clustering evaluation metrics, 2009): per
 *   photo, the share of its cluster that shows its person, and the share of its person that is in its cluster; means over
 *   photos.
 * - Pairwise: precision is the share of pairs in one cluster that show one person, recall the share of pairs of one
 *   person that are in one cluster. Without such pairs it is 1.
 *
 * @param clusterOf - number of each photo's cluster; a photo without a face should have a cluster of its own
 */
export function compareClusters(personOf: ArrayLike<number>, clusterOf: ArrayLike<number>): ClusteringResult {
  const photos = personOf.length
  const people = new Map<number, number>()
  const clusters = new Map<number, number>()
  const both = new Map<string, { readonly person: number; readonly cluster: number; photos: number }>()
  for (let photo = 0; photo < photos; photo++) {
    const [person, cluster] = [personOf[photo] ?? 0, clusterOf[photo] ?? 0]
    people.set(person, (people.get(person) ?? 0) + 1)
    clusters.set(cluster, (clusters.get(cluster) ?? 0) + 1)
    const key = `${person} ${cluster}`
    const cell = both.get(key)
    if (cell === undefined) both.set(key, { person, cluster, photos: 1 })
    else cell.photos++
  }
  let [precise, recalled, right] = [0, 0, 0]
  for (const { person, cluster, photos: count } of both.values()) {
    precise += count ** 2 / (clusters.get(cluster) ?? 1)
    recalled += count ** 2 / (people.get(person) ?? 1)
    right += pairsAmong(count)
  }
  return {
    photos,
    people: people.size,
    singlePeople: ones(people),
    clusters: clusters.size,
    singletons: ones(clusters),
    bcubed: agreement(share(precise, photos), share(recalled, photos)),
    pairwise: agreement(share(right, pairs(clusters)), share(right, pairs(people))),
  }
}

const pairsAmong = (count: number): number => (count * (count - 1)) / 2
const pairs = (sizes: ReadonlyMap<number, number>): number =>
  sizes.values().reduce((sum, size) => sum + pairsAmong(size), 0)
const ones = (sizes: ReadonlyMap<number, number>): number =>
  sizes.values().reduce((sum, size) => sum + Number(size === 1), 0)
const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole)

function agreement(precision: number, recall: number): Agreement {
  return { precision, recall, f: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) }
}
