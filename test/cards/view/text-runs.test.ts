import { describe, expect, test } from 'vitest'
import { attributedRuns, detectRuns } from '../../../src/cards/view/text-runs.js'

test('links, addresses and numbers are found in a text', () => {
  expect(detectRuns('Write to ann.lee+x@mail.example.com or see www.example.com.', undefined)).toEqual([
    { text: 'Write to ' },
    { text: 'ann.lee+x@mail.example.com', href: 'mailto:ann.lee+x@mail.example.com' },
    { text: ' or see ' },
    { text: 'www.example.com', href: 'https://www.example.com' },
    { text: '.' },
  ])
  expect(attributedRuns('A <a href="https://a.example">b <b>c</b></a>, <a href=x>d</a>')).toEqual([
    { text: 'A ' },
    { text: 'b c', href: 'https://a.example' },
    { text: ', ' },
    { text: 'd', href: 'x' },
  ])
})

describe('three megabytes that look like the beginning of something take no longer than others', () => {
  const long = (text: string): string => text.repeat(3_000_000 / text.length)

  test.each(['a', 'a.', '1 ', 'a@', 'www', 'http://', '+1', '@a.'])('%j on the back', { timeout: 8000 }, (text) => {
    const runs = detectRuns(long(text), undefined)
    expect(runs.map((run) => run.text).join('')).toBe(long(text))
  })

  test.each(['<a ', '<a href=x>', '<a href="', '<', '<a href ', '&#1'])('%j as a link', { timeout: 8000 }, (text) => {
    expect(attributedRuns(long(text)).length).toBeLessThan(10)
  })
})
