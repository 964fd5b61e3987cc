import { describe, expect, test } from 'vitest'
import { gallerySizes, identify } from '../../../../src/faces/evaluate/metrics/identification.js'
import { peopleVectors } from '../../../../src/faces/evaluate/people.js'
import type { Described } from '../../../../src/faces/evaluate/types.js'
import { inventedPeople, unit } from '../invent.js'

const at = (degrees: number): Described => ({
  vector: unit([Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]),
  age: 30,
  gender: 'unknown',
})

describe('identification', () => {
  // Ann is enrolled at 0 and 20 degrees, Ben at 90. Eve is a stranger.
  const described = new Map([
    ['g/ann1', at(0)],
    ['g/ann2', at(20)],
    ['g/ben', at(90)],
    ['p/ann', at(25)],
    ['p/ben', at(30)],
    ['p/eve1', at(140)],
    ['p/eve2', at(200)],
  ])
  const gallery = peopleVectors(
    [
      { person: 'Ann', path: 'g/ann1' },
      { person: 'Ann', path: 'g/ann2' },
      { person: 'Ben', path: 'g/ben' },
    ],
    described,
  )
  const probes = (names: readonly [string, string][]) =>
    peopleVectors(
      names.map(([person, path]) => ({ person, path })),
      described,
      gallery.people,
    )

  test('takes the nearest photo of each person; misses are those below the threshold of FPIR', async () => {
    const [result] = await identify(
      {
        gallery,
        probes: probes([
          ['Ann', 'p/ann'],
          ['Ben', 'p/ben'],
          ['Eve', 'p/eve1'],
          ['Eve', 'p/eve2'],
        ]),
      },
      { targets: [0.5, 0.4] },
    )
    // Ann 5 degrees from her photo, Ben 60 from his and 10 from Ann's: rank 1 is wrong for Ben.
    expect(result).toMatchObject({ people: 2, mated: 2, nonMated: 2, rankOneMiss: 0.5 })
    // Eve's best: cos 50 = 0.643 and cos 110 = -0.342. Half may be accepted: T is just above -0.342, Ben's cos 60 passes.
    expect(result?.rates[0]).toMatchObject({ fpir: 0.5, fnir: 0, few: true })
    expect(result?.rates[0]?.threshold).toBeCloseTo(-0.342, 3)
    expect(result?.rates[1]).toMatchObject({ fpir: 0, fnir: 0.5 })
    expect(result?.rates[1]?.threshold).toBeCloseTo(0.6428, 3)
  })

  test('a probe without a face finds no one; a person without a gallery face is not found', async () => {
    const empty = peopleVectors(
      [
        { person: 'Ann', path: 'none' },
        { person: 'Ben', path: 'g/ben' },
      ],
      described,
    )
    const searched = peopleVectors(
      [
        { person: 'Ann', path: 'p/ann' },
        { person: 'Ben', path: 'none either' },
        { person: 'Eve', path: 'nor this' },
      ],
      described,
      empty.people,
    )
    const [result] = await identify({ gallery: empty, probes: searched }, { targets: [0.5] })
    expect(result).toMatchObject({ people: 2, mated: 2, nonMated: 1, rankOneMiss: 1 })
    expect(result?.rates[0]).toMatchObject({ fpir: 0, fnir: 1 })
  })

  test('a probe is not compared with its own file, and who is enrolled by that alone is no search', async () => {
    const [result] = await identify({ gallery, probes: probes([['Ben', 'g/ben']]) })
    expect(result).toMatchObject({ mated: 0, nonMated: 0, rankOneMiss: null, rates: [] })
  })

  test('of strangers grows with the gallery', async () => {
    expect(gallerySizes(10)).toEqual([10])
    expect(gallerySizes(250)).toEqual([10, 100, 250])
    const made = inventedPeople({ people: 300, each: 2, noise: 1.3 })
    const people = made.photos.filter(({ person }) => Number(person) < 200)
    const enrolled = peopleVectors(
      people.filter(({ path }) => path.endsWith('0.jpg')),
      made.described,
    )
    const searched = peopleVectors(
      made.photos.filter(({ path }) => path.endsWith('1.jpg')),
      made.described,
      enrolled.people,
    )
    const results = await identify({ gallery: enrolled, probes: searched }, { targets: [0.1] })
    expect(results.map(({ people, mated, nonMated }) => [people, mated, nonMated])).toEqual([
      [10, 10, 290],
      [100, 100, 200],
      [200, 200, 100],
    ])
    const thresholds = results.map(({ rates }) => rates[0]?.threshold ?? 0)
    expect(thresholds).toEqual([...thresholds].sort())
    expect(await identify({ gallery: enrolled, probes: searched }, { targets: [0.1] })).toEqual(results)
  })
})
