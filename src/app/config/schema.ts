import { isIP, isIPv4 } from 'node:net'
import { z } from 'zod'

const text = z.string().trim().min(1, 'must not be empty')

const currencyCode = z
  .string()
  .regex(/^[A-Z]{3}$/, {
    abort: true,
    error: 'must be a three-letter ISO 4217 code in capitals, such as EUR',
  })
  .refine((code) => Intl.supportedValuesOf('currency').includes(code), 'is not a currency code of ISO 4217')

const localeTag = z.string().refine(isLocale, 'must be a language tag such as en, de or pt-BR')

const secretSource = z
  .union([
    z.strictObject({ file: text.describe('A file whose first line is the secret.') }),
    z.strictObject({ env: text.describe('The name of an environment variable.') }),
    z.strictObject({ command: text.describe('A shell command that prints the secret.') }),
  ])
  .describe('Where a secret comes from; the secret itself never stands in tessera.yaml.')

const apple = z.strictObject({
  passTypeIdentifier: z
    .string()
    .regex(/^pass\.[A-Za-z0-9.-]+$/, 'must look like pass.com.example.card')
    .describe('The identifier registered at developer.apple.com; the certificate carries the same.'),
  teamIdentifier: z
    .string()
    .regex(/^[A-Z0-9]{10}$/, 'must be the ten letters and digits of the team, such as A1B2C3D4E5')
    .describe('The ten characters of the Apple developer team.'),
  certificate: text.default('certs/pass.pem').describe('The pass certificate (PEM).'),
  key: text.default('certs/pass.key.pem').describe('Its private key (PEM). It stays where it is.'),
  wwdr: text.default('certs/wwdr.pem').describe("Apple's intermediate certificate that issued the pass certificate."),
  keyPassphrase: secretSource.optional(),
})

/** A variable of the environment brings its number as text. */
const wholeNumber = (least: number, most: number) =>
  z.union(
    [z.int().min(least).max(most), z.string().regex(/^\d+$/).transform(Number).pipe(z.int().min(least).max(most))],
    { error: `must be a whole number from ${least} to ${most}` },
  )

const network = text.refine(isNetwork, 'must be an address or a network such as 127.0.0.1, 10.0.0.0/8 or fd00::/8')

const networks = z.union([
  z.array(network),
  z
    .string()
    .transform((list) =>
      list
        .split(',')
        .map((entry) => entry.trim())
        .filter((entry) => entry !== ''),
    )
    .pipe(z.array(network)),
])

const perMinute = (preset: number, what: string) =>
  wholeNumber(0, 1_000_000).default(preset).describe(`Requests in a minute ${what}; 0 for no limit.`)

const service = z.strictObject({
  url: z
    .url({ protocol: /^https$/, error: 'must be an https address' })
    .refine(hasPlainPath, 'must have a plain path, without * and encoded punctuation')
    .describe('Where phones reach this launch: download links and updates. Apple accepts https only.'),
  host: text.default('127.0.0.1').describe('Address that `tessera serve` listens on; 0.0.0.0 for all of this machine.'),
  port: wholeNumber(0, 65_535).default(8080).describe('Port that `tessera serve` listens on; 0 for a free one.'),
  trustedProxies: networks
    .default([])
    .describe('Addresses or networks of proxies in front, whose X-Forwarded-For is believed, such as 127.0.0.1.'),
  tls: z
    .strictObject({
      certificate: text.describe('The certificate chain of the server (PEM), where no proxy has it.'),
      key: text.describe('Its private key (PEM).'),
    })
    .optional(),
  limits: z
    .strictObject({
      perAddress: perMinute(3000, 'from one address, behind which there may be many phones'),
      perCard: perMinute(120, 'for one card'),
      failures: perMinute(60, 'from one address with wrong tokens or made-up links'),
      logs: perMinute(60, 'from one address that complain of something'),
    })
    .prefault({}),
  cache: wholeNumber(1, 65_536).default(64).describe('Megabytes of memory for signed passes.'),
})

const google = z.strictObject({
  issuerId: z
    .string()
    .regex(/^\d{1,25}$/, 'must be the digits of the issuer id, in quotes')
    .describe('The issuer id, as the Google Pay & Wallet Console shows it. In quotes: it is too long for a number.'),
})

/** The shape of tessera.yaml. Its JSON Schema is published as docs/schema/tessera.schema.json. */
export const launchConfigSchema = z.strictObject({
  version: z.literal(1).describe('Version of this file format.'),
  organization: text.describe('The name that the card shows on the lock screen.'),
  locale: localeTag.default('en').describe('Language in which values are formatted when a member has none.'),
  currency: currencyCode.default('EUR').describe('Currency of money fields that name none.'),
  apple,
  service: service.optional(),
  google: google.optional(),
  store: z
    .string()
    .regex(/^sqlite:.+$/, 'must look like sqlite:.tessera/store.db')
    .default('sqlite:.tessera/store.db')
    .describe('Where cards are recorded.'),
})

/** tessera.yaml, checked and with defaults filled in. Paths are as written: relative to the launch folder. */
export type LaunchConfig = z.output<typeof launchConfigSchema>
export type SecretSource = z.output<typeof secretSource>

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}

/** What proxies in front are named by: an address, with the length or the mask of its network, or a name for some. */
function isNetwork(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true
  const [address = '', range, ...rest] = text.split('/')
  const kind = isIP(address)
  if (kind === 0 || rest.length > 0) return false
  if (range === undefined || (kind === 4 && isIPv4(range))) return true
  return /^\d{1,3}$/.test(range) && Number(range) > 0 && Number(range) <= (kind === 4 ? 32 : 128)
}

/** Others cannot be routes of the service, and phones differ in how they write them. */
function hasPlainPath(url: string): boolean {
  try {
    const { pathname } = new URL(url)
    return decodeURI(pathname) === decodeURIComponent(pathname) && !pathname.includes('*')
  } catch {
    return false
  }
}
