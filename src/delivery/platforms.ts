import { type HttpRequest, header } from '../kit/http.js'

/**
 * Who keeps cards up to date, each with a push service of its own. Which one it is shows in the word before the token and
 * in `X-Pass-Client` (vendors' developer pages: Apple, Attido/Quicket PassWallet, Wallet Union, WalletPasses, Pass2U,
 * Passworks).
 */
export const PLATFORMS = [
  'apple',
  'attido',
  'walletunion',
  'walletunion-hms',
  'walletpasses',
  'pass2u',
  'passworks',
] as const
export type Platform = (typeof PLATFORMS)[number]

/** Word of the Authorization header, in lower case -> platform. */
const SCHEMES: ReadonlyMap<string, Platform> = new Map([
  ['applepass', 'apple'],
  ['attidopass', 'attido'],
  ['walletunionpass', 'walletunion'],
  ['walletunionhmspass', 'walletunion-hms'],
  ['androidpass', 'walletpasses'],
])

/** X-Pass-Client, in lower case -> platform. Such readers speak Apple's scheme. */
const CLIENTS: ReadonlyMap<string, Platform> = new Map([
  ['passes', 'pass2u'],
  ['passworks', 'passworks'],
])

export interface Credentials {
  readonly platform: Platform
  readonly token: string
}

/** What the request says of itself; undefined when it has no Authorization of a kind that readers of passes send. */
export function credentialsOf(request: Pick<HttpRequest, 'headers'>): Credentials | undefined {
  const [, scheme = '', token = ''] = /^\s*(\w+)[ \t]+(\S+)\s*$/.exec(header(request, 'authorization') ?? '') ?? []
  const platform = SCHEMES.get(scheme.toLowerCase())
  if (platform === undefined) return undefined
  return { platform: clientOf(request) ?? platform, token }
}

/** The platform of a request that carries no token, such as one to /log; undefined when it does not say. */
export function platformOf(request: Pick<HttpRequest, 'headers'>): Platform | undefined {
  const credentials = credentialsOf(request)
  if (credentials !== undefined) return credentials.platform
  const client = clientOf(request)
  if (client !== undefined) return client
  return /\bpassd\//.test(header(request, 'user-agent') ?? '') ? 'apple' : undefined
}

function clientOf(request: Pick<HttpRequest, 'headers'>): Platform | undefined {
  return CLIENTS.get((header(request, 'x-pass-client') ?? '').toLowerCase())
}
