import { hash, timingSafeEqual } from 'node:crypto'
import type { HttpReply, HttpRequest } from '../../kit/http.js'
import type { CardService, ServedCard } from '../card-service.js'
import { type Credentials, credentialsOf } from '../platforms.js'
import { type AdmitCard, tooMany } from '../too-many.js'

export interface Admission {
  readonly card: ServedCard
  readonly credentials: Credentials
}

export interface AuthorizeOptions {
  readonly cards: CardService
  readonly passTypeIdentifier: string
  readonly admitCard: AdmitCard
}

/** Of a card that does not exist: compared with all the same, so that the time taken tells nothing. */
const NOBODY = hash('sha256', 'no card has this token', 'buffer')

/**
 * The card of the address, if the request carries its token. A wrong token, the token of another card, a serial that does
 * not exist and a foreign pass type are all answered alike: nobody learns which serials there are.
 */
export async function authorize(
  request: HttpRequest,
  { cards, passTypeIdentifier, admitCard }: AuthorizeOptions,
): Promise<Admission | HttpReply> {
  const { passType, serial = '' } = request.params
  const credentials = credentialsOf(request)
  const card = passType === passTypeIdentifier ? await cards.bySerial(serial) : undefined
  const wanted = card === undefined ? NOBODY : hash('sha256', card.token, 'buffer')
  const given = hash('sha256', credentials?.token ?? '', 'buffer')
  const same = timingSafeEqual(wanted, given)
  if (!same || card === undefined || credentials === undefined) return UNAUTHORIZED
  const wait = admitCard(card.id)
  return wait > 0 ? tooMany(wait) : { card, credentials }
}

const UNAUTHORIZED: HttpReply = {
  status: 401,
  headers: { 'WWW-Authenticate': 'ApplePass' },
  suspicious: true,
}

/** Narrows what {@link authorize} gives. */
export function isReply(answer: Admission | HttpReply): answer is HttpReply {
  return 'status' in answer
}
