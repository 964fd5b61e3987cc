import type { HttpReply, HttpRequest } from '../../kit/http.js'
import type { Registrations } from '../registrations.js'
import { type AuthorizeOptions, authorize, isReply } from './authorize.js'
import { ATTIDO_REGISTRATION, badRequest, REGISTRATION, readJson } from './bodies.js'

interface RegisterOptions extends AuthorizeOptions {
  readonly registrations: Registrations
  readonly now: () => number
  /** True for PassWallet's own address, whose requests bring the address of their push service. */
  readonly attido: boolean
}

/** Wallet's are 32 letters; other readers take what they like. */
const DEVICE = /^[\x21-\x7e]{1,256}$/

/** 201 for a new registration, 200 for one that was there; a new push token takes the place of the old one. */
export async function register(request: HttpRequest, options: RegisterOptions): Promise<HttpReply> {
  const admission = await authorize(request, options)
  if (isReply(admission)) return admission
  const { device = '' } = request.params
  if (!DEVICE.test(device)) return badRequest('the device library identifier has spaces or is too long')
  const body = readJson(request.body)
  const { platform } = admission.credentials
  const attido = options.attido || platform === 'attido'
  const parsed = (options.attido ? ATTIDO_REGISTRATION : REGISTRATION.or(ATTIDO_REGISTRATION)).safeParse(body)
  if (!parsed.success) {
    return badRequest(options.attido ? 'pushToken and pushServiceUrl are needed' : 'pushToken is needed')
  }
  const url = attido ? ATTIDO_REGISTRATION.safeParse(body).data?.pushServiceUrl : undefined
  const created = await options.registrations.register(
    {
      device,
      cardId: admission.card.id,
      platform: options.attido ? 'attido' : platform,
      pushToken: parsed.data.pushToken,
      pushUrl: url,
    },
    options.now(),
  )
  return { status: created ? 201 : 200 }
}

/** 200, also when there was nothing to take away: a phone that asks twice wants no error. */
export async function unregister(
  request: HttpRequest,
  options: AuthorizeOptions & Pick<RegisterOptions, 'registrations'>,
): Promise<HttpReply> {
  const admission = await authorize(request, options)
  if (isReply(admission)) return admission
  await options.registrations.unregister(request.params.device ?? '', admission.card.id)
  return { status: 200 }
}
