import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deviceOf } from '../../../src/delivery/pages/device.js'

const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)'

describe('what the holder seems to hold', () => {
  test.each([
    ['Safari on an iPhone', `${IPHONE} Version/18.5 Mobile/15E148 Safari/604.1`, 'iphone', false, true],
    ['Chrome on an iPhone', `${IPHONE} CriOS/126.0.6478.35 Mobile/15E148 Safari/604.1`, 'iphone', false, false],
    ['Firefox on an iPhone', `${IPHONE} FxiOS/127.0 Mobile/15E148 Safari/605.1.15`, 'iphone', false, false],
    ['Instagram on an iPhone', `${IPHONE} Mobile/15E148 Instagram 330.0.0.29.109 (iPhone14,5)`, 'iphone', true, false],
    ['Facebook on an iPhone', `${IPHONE} Mobile/21F90 [FBAN/FBIOS;FBAV/468.0]`, 'iphone', true, false],
    ['VK on an iPhone', `${IPHONE} Mobile/15E148 VKClient`, 'iphone', true, false],
    ['a view of an app', `${IPHONE} Mobile/15E148`, 'iphone', true, false],
    ['LINE, which says it is Safari', `${IPHONE} Mobile/15E148 Safari Line/14.8.0`, 'iphone', true, false],
    [
      'Chrome on Android',
      'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/126.0.0.0 Mobile Safari/537.36',
      'android',
      false,
      false,
    ],
    [
      'Instagram on Android',
      'Mozilla/5.0 (Linux; Android 14; wv) AppleWebKit/537.36 Version/4.0 Chrome/126 Mobile Safari/537.36 Instagram 330',
      'android',
      false,
      true,
    ],
    [
      'Safari on a Mac',
      `${MAC} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15`,
      'mac',
      false,
      true,
    ],
    [
      'Chrome on a Mac',
      `${MAC} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36`,
      'desktop',
      false,
      false,
    ],
    [
      'Firefox on Windows',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0',
      'desktop',
      false,
      false,
    ],
    ['nothing', undefined, 'desktop', false, false],
  ])('%s', (_, agent, kind, inApp, safari) => {
    expect(deviceOf(agent)).toEqual({ kind, inApp, safari })
  })

  test('any text is some device, at once', () => {
    fc.assert(fc.property(fc.string({ maxLength: 3000 }), (agent) => deviceOf(agent).kind.length > 0))
    const started = performance.now()
    deviceOf('Version/x '.repeat(10_000))
    expect(performance.now() - started).toBeLessThan(200)
  })
})
