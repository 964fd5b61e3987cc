import type { HttpReply, HttpRequest } from '../../kit/http.js'
import type { CardService, ServedCard } from '../card-service.js'
import { badRequest, PERSONALIZATION, readJson } from './bodies.js'

/** requiredPersonalizationInfo: what the holder typed into Wallet's form. */
export type PersonalInfo = Readonly<Partial<Record<string, string>>>

export interface Personalizer {
  /**
   * Writes down who the holder is. Once: a second form changes nothing, and counts as the first one sent again.
   *
   * @returns false when the card has no form.
   */
  personalize(card: ServedCard, info: PersonalInfo): Promise<boolean>
  /** CMS signature of the token, as of a manifest. */
  signToken(token: Uint8Array): Promise<Uint8Array>
}

const NONE: HttpReply = { status: 404, suspicious: true }

/**
 * The last step of Wallet's reward card signup: the token that Wallet sends comes back signed, which shows it that the
 * card's issuer is at the other end; then it fetches the pass anew, which has no form any more. The request carries no
 * authorization, so that a card is filled in only once.
 */
export async function personalize(
  request: HttpRequest,
  {
    cards,
    personalizer,
    passTypeIdentifier,
  }: { cards: CardService; personalizer: Personalizer; passTypeIdentifier: string },
): Promise<HttpReply> {
  const { passType, serial = '' } = request.params
  const parsed = PERSONALIZATION.safeParse(readJson(request.body))
  if (!parsed.success) return badRequest('personalizationToken is needed')
  const card = passType === passTypeIdentifier ? await cards.bySerial(serial) : undefined
  if (card === undefined) return NONE
  const { personalizationToken, requiredPersonalizationInfo } = parsed.data
  const info = Object.fromEntries(
    Object.entries(requiredPersonalizationInfo).filter(([, value]) => value !== undefined && value.trim() !== ''),
  )
  // Signed first: when that fails nothing was written, and the holder can send the form again.
  const signature = await personalizer.signToken(Buffer.from(personalizationToken))
  if (!(await personalizer.personalize(card, info))) return NONE
  return { status: 200, headers: { 'Content-Type': 'application/octet-stream' }, body: signature }
}
