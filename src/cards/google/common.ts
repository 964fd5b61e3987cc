import { toHex } from '../colour/colour.js'
import { compact, listOf, objectOf, textOf } from './json.js'
import type { Source } from './source.js'
import type { GoogleType, JsonObject } from './types.js'

const MOST_PLACES = 10

export interface SideParts {
  readonly class: JsonObject
  readonly object: JsonObject
}

/** What all kinds of passes have: state, expiry, colour, places, NFC, sharing, groups, messages. */
export function commonParts(source: Source, type: GoogleType): SideParts {
  const { pass, view, report, texts, config, options } = source
  const nfc = nfcParts(source, type)
  const colour: JsonObject = view.colours.given.background ? { hexBackgroundColor: toHex(view.colours.background) } : {}
  const onObject = type === 'generic'
  const to = `${onObject ? 'object' : 'class'}.hexBackgroundColor`
  report.add(view.colours.given.background ? 'colour.background' : 'colour.automatic', 'backgroundColor', { to })
  for (const name of ['foregroundColor', 'labelColor']) if (pass[name] !== undefined) report.add('colour.text', name)

  const sharing = pass.sharingProhibited === true
  if (sharing)
    report.add('sharing.one-user', 'sharingProhibited', { to: 'class.multipleDevicesAndHoldersAllowedStatus' })
  const group = textOf(pass.groupingIdentifier)
  if (group !== undefined) report.add('group.id', 'groupingIdentifier', { to: 'object.groupingInfo' })

  const { voided, expiresAt } = view
  const expired = expiresAt !== undefined && expiresAt <= options.now
  const state = expired ? 'EXPIRED' : voided ? 'INACTIVE' : 'ACTIVE'
  if (voided) report.add('expiry.voided', 'voided', { to: 'object.state' })
  if (expiresAt !== undefined) report.add('expiry.date', 'expirationDate', { to: 'object.validTimeInterval' })

  const messages = config.messages.map(({ header, body }, index) => ({
    id: `message-${index + 1}`,
    ...texts.both('header', texts.literal(header)),
    ...texts.both('body', texts.literal(body)),
    messageType: 'TEXT',
  }))
  return {
    class: compact({
      ...(onObject ? {} : { reviewStatus: 'UNDER_REVIEW', ...colour }),
      ...(sharing ? { multipleDevicesAndHoldersAllowedStatus: 'ONE_USER_ALL_DEVICES' } : {}),
      merchantLocations: places(source),
      messages,
      ...nfc.class,
    }),
    object: compact({
      state,
      ...(onObject ? colour : {}),
      ...(expiresAt === undefined ? {} : { validTimeInterval: { end: { date: new Date(expiresAt).toISOString() } } }),
      ...(group === undefined ? {} : { groupingInfo: { groupingId: group } }),
      ...nfc.object,
    }),
  }
}

function places({ pass, report }: Source): readonly JsonObject[] {
  const found: JsonObject[] = []
  const to = 'class.merchantLocations'
  for (const [index, item] of listOf(pass.locations).entries()) {
    const { latitude, longitude, relevantText } = objectOf(item) ?? {}
    const from = `locations/${index}`
    if (!within(latitude, 90) || !within(longitude, 180)) report.add('place.invalid', from)
    else if (found.length >= MOST_PLACES) report.add('place.surplus', from)
    else {
      found.push({ latitude, longitude })
      const text = textOf(relevantText)
      report.add('place.location', from, {
        to,
        reason:
          text === undefined
            ? undefined
            : `Google reminds near the place in its own words, not with "${text.slice(0, 80)}".`,
      })
    }
  }
  return found
}

function within(value: unknown, most: number): value is number {
  return typeof value === 'number' && Math.abs(value) <= most
}

function nfcParts({ pass, report, config }: Source, type: GoogleType): SideParts {
  const nfc = objectOf(pass.nfc)
  if (nfc === undefined) return { class: {}, object: {} }
  const message = textOf(nfc.message)
  const to = 'object.smartTapRedemptionValue'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII
  const sendable = message !== undefined && /^[\u0000-\u007f]*$/.test(message)
  if (nfc.encryptionPublicKey !== undefined)
    report.add('key.apple', 'nfc/encryptionPublicKey', {
      reason: "For Apple's terminals; Smart Tap keys are registered with Google.",
    })
  const unlock = nfc.requiresAuthentication === true
  if (unlock) report.add('nfc.unlock', 'nfc/requiresAuthentication', { to: 'class.viewUnlockRequirement' })
  if (!sendable)
    report.add('nfc.ascii', 'nfc/message', { reason: message === undefined ? 'Has no message to send.' : undefined })
  else
    report.add('nfc.value', 'nfc/message', {
      to,
      reason: type === 'generic' ? 'Smart Tap of generic passes is open to partners of Google only.' : undefined,
    })
  if (sendable && config.redemptionIssuers === undefined)
    report.add('nfc.issuers', 'nfc', { to: 'class.redemptionIssuers' })
  return {
    class: compact({
      enableSmartTap: sendable ? true : undefined,
      redemptionIssuers: sendable ? config.redemptionIssuers : undefined,
      viewUnlockRequirement: unlock ? 'UNLOCK_REQUIRED_TO_VIEW' : undefined,
    }),
    object: sendable ? { smartTapRedemptionValue: message } : {},
  }
}
