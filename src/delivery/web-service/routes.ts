import type { HttpRoute } from '../../kit/http.js'
import type { CardService } from '../card-service.js'
import type { DeviceLogs } from '../device-logs.js'
import type { Registrations } from '../registrations.js'
import type { AdmitCard, AdmitLog } from '../too-many.js'
import { authorize, isReply } from './authorize.js'
import { latestPass } from './latest-pass.js'
import { listUpdates } from './list-updates.js'
import { type Personalizer, personalize } from './personalize.js'
import { register, unregister } from './register.js'
import { takeLogs } from './take-logs.js'

export interface WebServiceOptions {
  readonly cards: CardService
  readonly registrations: Registrations
  readonly logs: DeviceLogs
  readonly personalizer: Personalizer
  readonly passTypeIdentifier: string
  readonly admitCard: AdmitCard
  readonly admitLog: AdmitLog
  readonly now: () => number
}

const SMALL_BODY = 8 * 1024
const LOG_BODY = 256 * 1024

/**
 * Apple's web service for passes (developer.apple.com/documentation/walletpasses; PassKit Web Service Reference), and the
 * addresses and words that Android's readers add to it.
 */
export function walletRoutes(options: WebServiceOptions): readonly HttpRoute[] {
  const { registrations, passTypeIdentifier, logs, now, personalizer, cards, admitLog } = options
  const registration = '/v1/devices/:device/registrations/:passType/:serial'
  const attido = '/v1/devices/:device/registrations_attido/:passType/:serial'
  return [
    {
      method: 'POST',
      path: registration,
      name: 'wallet.register',
      bodyLimit: SMALL_BODY,
      handle: (request) => register(request, { ...options, attido: false }),
    },
    {
      method: 'POST',
      path: attido,
      name: 'wallet.register-attido',
      bodyLimit: SMALL_BODY,
      handle: (request) => register(request, { ...options, attido: true }),
    },
    ...[registration, attido].map(
      (path): HttpRoute => ({
        method: 'DELETE',
        path,
        name: 'wallet.unregister',
        bodyLimit: SMALL_BODY,
        handle: (request) => unregister(request, options),
      }),
    ),
    {
      method: 'GET',
      path: '/v1/devices/:device/registrations/:passType',
      name: 'wallet.list',
      handle: (request) => listUpdates(request, { registrations, passTypeIdentifier }),
    },
    {
      method: 'GET',
      path: '/v1/passes/:passType/:serial',
      name: 'wallet.pass',
      async handle(request) {
        const admission = await authorize(request, options)
        return isReply(admission) ? admission : latestPass(request, { cards, card: admission.card })
      },
    },
    {
      method: 'POST',
      path: '/v1/passes/:passType/:serial/personalize',
      name: 'wallet.personalize',
      bodyLimit: SMALL_BODY,
      handle: (request) => personalize(request, { cards, personalizer, passTypeIdentifier }),
    },
    {
      method: 'POST',
      path: '/v1/log',
      name: 'wallet.log',
      bodyLimit: LOG_BODY,
      handle: (request) => takeLogs(request, { logs, now, admitLog }),
    },
  ]
}
