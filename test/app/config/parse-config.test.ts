import { Ajv } from 'ajv'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { configJsonSchema, configKeys, envName } from '../../../src/app/config/keys.js'
import { type LoadedConfig, parseConfig } from '../../../src/app/config/load-config.js'
import type { ConfigProblem } from '../../../src/app/config/problems.js'

const VALID = `version: 1
organization: Nordlicht Coffee
locale: de
apple:
  passTypeIdentifier: pass.com.example.loyalty
  teamIdentifier: ABCDE12345
`

function load(text: string, env = {}): LoadedConfig {
  const result = parseConfig(text, env)
  if ('problems' in result) throw new Error(JSON.stringify(result.problems))
  return result
}

function problems(text: string, env = {}): readonly ConfigProblem[] {
  const result = parseConfig(text, env)
  return 'problems' in result ? result.problems : []
}

test('defaults are filled in and every value has an origin', () => {
  const { config, origins } = load(VALID)
  expect(config).toMatchObject({ locale: 'de', currency: 'EUR', store: 'sqlite:.tessera/store.db' })
  expect(config.apple.certificate).toBe('certs/pass.pem')
  expect(origins.get('locale')).toEqual({ kind: 'file', line: 3 })
  expect(origins.get('apple.teamIdentifier')).toEqual({ kind: 'file', line: 6 })
  expect(origins.get('currency')).toEqual({ kind: 'default' })
  expect(origins.has('service.url')).toBe(false)
})

test('a variable replaces a value, also one that the file does not have', () => {
  const { config, origins } = load(VALID, {
    TESSERA_LOCALE: 'ru',
    TESSERA_SERVICE_URL: 'https://cards.example.com',
    TESSERA_APPLE_KEY_PASSPHRASE_ENV: 'SECRET',
  })
  expect(config.locale).toBe('ru')
  expect(config.service).toMatchObject({ url: 'https://cards.example.com' })
  expect(config.apple.keyPassphrase).toEqual({ env: 'SECRET' })
  expect(origins.get('locale')).toEqual({ kind: 'env', name: 'TESSERA_LOCALE' })
})

test('a passphrase source of the environment replaces the one of the file', () => {
  const text = `${VALID}  keyPassphrase: { file: x }\n`
  expect(load(text, { TESSERA_APPLE_KEY_PASSPHRASE_COMMAND: 'pass' }).config.apple.keyPassphrase).toEqual({
    command: 'pass',
  })
})

test.each([
  ['organisation: x', 7, 1, 'unknown key "organisation"; did you mean "organization"?'],
  ['curency: EUR', 7, 1, 'unknown key "curency"; did you mean "currency"?'],
  ['currency: euro', 7, 11, '"currency" is "euro"; it must be a three-letter ISO 4217 code in capitals, such as EUR'],
  ['currency: XQQ', 7, 11, '"currency" is "XQQ"; it is not a currency code of ISO 4217'],
  [
    'service: { url: "http://cards.example.com" }',
    7,
    17,
    '"service.url" is "http://cards.example.com"; it must be an https address',
  ],
  ['service: 3', 7, 10, '"service" must be a group of keys, not a number'],
  ['store: mysql://x', 7, 8, '"store" is "mysql://x"; it must look like sqlite:.tessera/store.db'],
  ['store: 3', 7, 8, '"store" must be a string, not a number; put it in quotes'],
  ['locale: en', 7, 1, 'Map keys must be unique'],
  ['service: {}', 7, 1, '"service.url" is missing'],
  ['  keyPassphrase: secret', 7, 18, '"apple.keyPassphrase" must have exactly one of the keys file, env or command'],
  ['  certificat: x', 7, 3, 'unknown key "certificat"; did you mean "certificate"?'],
  ['a: b: c', 7, 4, 'Nested mappings are not allowed in compact mappings'],
])('%s', (line, at, column, message) => {
  const found = problems(`${VALID}${line}\n`)
  expect(found.map((problem) => problem.message)).toContain(message)
  expect(found.find((problem) => problem.message === message)).toMatchObject({ line: at, column })
})

test('a wrong variable is named, not a line', () => {
  expect(problems(VALID, { TESSERA_CURRENCY: 'euro' })).toMatchObject([{ env: 'TESSERA_CURRENCY', path: 'currency' }])
})

test('an empty file names everything that is missing', () => {
  expect(problems('').map(({ message }) => message)).toEqual([
    '"version" is missing',
    '"organization" is missing',
    '"apple" is missing',
  ])
})

test('a file that is a list is refused', () => {
  expect(problems('- a\n')).toMatchObject([{ message: '"the file" must be a group of keys, not a list' }])
})

test('any text gives a configuration or problems with a place, never an exception', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab: -#{}[]"\'\n\t&*!|>0é') }), (text) => {
      for (const { line, column } of problems(`${VALID}${text}`)) {
        expect(line).toBeGreaterThan(0)
        expect(column).toBeGreaterThan(0)
      }
    }),
  )
})

test('every value has a variable of its own', () => {
  const names = configKeys().map(({ env }) => env)
  expect(new Set(names).size).toBe(names.length)
  expect(envName('apple.passTypeIdentifier')).toBe('TESSERA_APPLE_PASS_TYPE_IDENTIFIER')
})

test('the JSON Schema accepts what Tessera accepts and refuses a misspelt key', () => {
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(configJsonSchema())
  const apple = { passTypeIdentifier: 'pass.com.example.loyalty', teamIdentifier: 'ABCDE12345' }
  expect(validate({ version: 1, organization: 'x', apple })).toBe(true)
  expect(validate({ version: 1, organisation: 'x', apple })).toBe(false)
})

test.each([
  ['service: { url: "https://x.example/a*" }', 'service.url'],
  ['service: { url: "https://x.example/%ff" }', 'service.url'],
  ['service: { url: "https://x.example/a%2Fb" }', 'service.url'],
  ['service: { url: "https://x.example", trustedProxies: [10.0.0.0/99] }', 'service.trustedProxies.0'],
  ['service: { url: "https://x.example", trustedProxies: ["::1", proxy.local] }', 'service.trustedProxies.1'],
  ['service: { url: "https://x.example", trustedProxies: "10.0.0.1, 10.0.0.0/0" }', 'service.trustedProxies'],
])('what cannot be served is a problem of the file: %s', (line, path) => {
  expect(problems(`${VALID}${line}\n`)).toMatchObject([{ message: expect.stringContaining(path) }])
})

test.each([
  '127.0.0.1',
  '10.0.0.0/8',
  '10.0.0.0/255.0.0.0',
  '::1',
  'fd00::/8',
  '::ffff:10.0.0.1',
  'loopback',
])('the proxy %s is one', (proxy) => {
  const line = `service: { url: "https://x.example/k%C3%A4rtchen", trustedProxies: ["${proxy}"] }`
  expect(load(`${VALID}${line}\n`).config.service?.trustedProxies).toEqual([proxy])
})
