import { isMoney, moneyOf } from '../amounts.js'
import { compact } from '../json.js'
import { balanceFields, issuerName, plainValue } from '../roles.js'
import { createClaims, type KindParts, type Source } from '../source.js'
import { issuerPart, noteNames, programTitle } from './names.js'

/** A gift card: its balance is the title; the number and the PIN stand in the details. */
export function giftCard(source: Source): KindParts {
  const { texts, report, config, field, options, view } = source
  const claims = createClaims(report)
  const merchant = config.programName === undefined ? issuerName(source) : programTitle(source)
  noteNames(source, [merchant], 'class.merchantName')

  const balance = field(config.points) ?? balanceFields(source).find(({ raw }) => isMoney(raw))
  const money = balance === undefined ? undefined : moneyOf(balance.raw)
  if (balance !== undefined && money !== undefined) claims.take(balance, 'object.balance')

  const number = field(config.accountId)
  if (number !== undefined && !claims.taken.has(number.path))
    claims.take(number, 'object.cardNumber', 'object.cardNumber')
  // Till and holder know the card by what the barcode says.
  const cardNumber = plainValue(source, config.accountId) ?? view.barcodes[0]?.message ?? source.serial
  const pin = field(config.pin)
  if (pin !== undefined && !claims.taken.has(pin.path)) claims.take(pin, 'object.pin')

  return {
    class: compact({
      ...issuerPart(source),
      ...texts.both('merchantName', merchant),
      ...(number === undefined ? {} : texts.both('cardNumberLabel', number.labels)),
      ...(pin === undefined ? {} : texts.both('pinLabel', pin.labels)),
      allowBarcodeRedemption: view.barcodes.length > 0,
    }),
    object: compact({
      cardNumber: cardNumber === '' ? '-' : cardNumber,
      pin: plainValue(source, config.pin),
      balance: money,
      ...(money === undefined ? {} : { balanceUpdateTime: { date: new Date(options.now).toISOString() } }),
    }),
    claims,
  }
}
