import type { HttpReply, HttpRequest } from '../../kit/http.js'
import type { Registrations } from '../registrations.js'
import { json } from './bodies.js'

const NOTHING: HttpReply = { status: 204 }

/**
 * Which of the device's cards changed since the tag it has. Without authorization, as Apple has it: whoever knows the
 * device's identifier learns serials, which open nothing without a token.
 */
export async function listUpdates(
  request: HttpRequest,
  { registrations, passTypeIdentifier }: { registrations: Registrations; passTypeIdentifier: string },
): Promise<HttpReply> {
  const { device = '', passType } = request.params
  if (passType !== passTypeIdentifier) return NOTHING
  const updated = await registrations.updatedSince(device, request.query.get('passesUpdatedSince') ?? undefined)
  if (updated === undefined) return NOTHING
  return json(200, { serialNumbers: updated.serials, lastUpdated: updated.lastUpdated })
}
