import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isAllowedHost } from '../../../src/app/preview/allowed-host.js'

test.each(['localhost:8080', '127.0.0.1:8080', '[::1]:8080', 'LOCALHOST:8080'])('%s is this machine', (host) => {
  expect(isAllowedHost(host, 8080)).toBe(true)
})

test.each([
  undefined,
  '',
  'localhost',
  'localhost:8081',
  'evil.example:8080',
  'localhost.evil.example:8080',
  '127.0.0.1.nip.io:8080',
  'localhost:8080@evil.example',
  'evil.example#localhost:8080',
  '0.0.0.0:8080',
  '[::ffff:127.0.0.1]:8080',
  'localhost:8080 ',
  'localhost:08080x',
])('%s is refused', (host) => {
  expect(isAllowedHost(host, 8080)).toBe(false)
})

test('port 80 may be left out, as browsers do', () => {
  expect(isAllowedHost('localhost', 80)).toBe(true)
})

test('no other name is taken for this machine', () => {
  fc.assert(
    fc.property(fc.domain(), (name) => {
      expect(isAllowedHost(`${name}:8080`, 8080)).toBe(false)
    }),
  )
})
