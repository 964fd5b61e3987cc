import { describe, expect, test } from 'vitest'
import { type AttributeGuess, bucketOf, measureAttributes } from '../../../../src/faces/evaluate/metrics/attributes.js'

type Gender = 'male' | 'female' | 'unknown'
const guess = (
  [age, gender, group]: [number, 'male' | 'female', string],
  guessed?: [number, Gender],
): AttributeGuess => ({
  label: { age, gender, group },
  guess: guessed === undefined ? undefined : { age: guessed[0], gender: guessed[1] },
})

describe('age and gender', () => {
  const result = measureAttributes([
    guess([20, 'female', 'a'], [22.9, 'female']),
    guess([30, 'female', 'a'], [20, 'unknown']),
    guess([40, 'female', 'b'], [41, 'male']),
    guess([60, 'male', 'b'], [54, 'male']),
    guess([85, 'male', 'b']),
  ])

  test('errors in years are those of photos with a face', () => {
    expect(result).toMatchObject({ photos: 4, failed: 1 })
    expect(result.ageError).toBeCloseTo((2.9 + 10 + 1 + 6) / 4)
  })

  test('buckets are right, or one beside', () => {
    // 18-24 right; 25-34 said to be 18-24; 35-44 right; 55+ said to be 45-54.
    expect([result.bucketRight, result.bucketNear]).toEqual([0.5, 1])
    expect([0, 12.9, 13, 17.99, 18, 54.9, 55, 99].map(bucketOf)).toEqual([
      '0-12',
      '0-12',
      '13-17',
      '13-17',
      '18-24',
      '45-54',
      '55+',
      '55+',
    ])
  })

  test('gender weighs women and men the same, and leaves out the unknown', () => {
    expect(result.genderAccuracy).toBe((1 / 2 + 1) / 2)
    expect(result.genderUnknown).toBe(0.25)
  })

  test('groups are told for themselves; a group without a face has no rates', () => {
    expect(Object.keys(result.byDecade)).toEqual(['20-29', '30-39', '40-49', '60-69', '80+'])
    expect(result.byDecade['80+']).toEqual({
      photos: 0,
      failed: 1,
      ageError: null,
      bucketRight: null,
      bucketNear: null,
      genderAccuracy: null,
      genderUnknown: null,
    })
    expect(result.byGroup.a).toMatchObject({ photos: 2, genderAccuracy: 1, genderUnknown: 0.5 })
    expect(result.byGender.male).toMatchObject({ photos: 1, failed: 1, genderAccuracy: 1 })
  })
})
