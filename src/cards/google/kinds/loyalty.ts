import { balanceOf } from '../amounts.js'
import { idPart } from '../ids.js'
import { compact } from '../json.js'
import { balanceFields, nameField, plainValue } from '../roles.js'
import { createClaims, type KindParts, type Source, type SourceField } from '../source.js'
import { checkLength } from '../texts.js'
import type { JsonObject } from '../types.js'
import { issuerPart, noteNames, programTitle } from './names.js'

/** A loyalty card. Recommended lengths: name of the programme 20, labels 9 or 15, balance and level 7, account 20. */
export function loyalty(source: Source): KindParts {
  const { texts, report, config, field } = source
  const { languages } = texts
  const claims = createClaims(report)
  const limit = (words: readonly string[], most: number, from: string, to: string) =>
    checkLength(words, most, { report, from, to, languages })

  const title = programTitle(source)
  noteNames(source, [title], 'class.programName')

  const tier = field(config.tier)
  const tierPart: JsonObject =
    tier === undefined
      ? {}
      : { ...texts.both('rewardsTier', tier.texts), ...texts.both('rewardsTierLabel', tier.labels) }
  if (tier !== undefined) {
    claims.take(tier, 'class.rewardsTier', 'class.rewardsTier')
    limit(tier.texts, 7, tier.path, 'class.rewardsTier')
    limit(tier.labels, 9, `${tier.path}/label`, 'class.rewardsTierLabel')
    if (tier.varies && source.design !== undefined) report.add('tier.class', tier.path, { to: 'object.classId' })
  }

  const [first, second] = balanceFields(source).filter((one) => one !== tier)
  const points = (one: SourceField | undefined, name: string): JsonObject => {
    if (one === undefined) return {}
    const to = `object.${name}`
    claims.take(one, to, `${to}.balance`)
    const balance = balanceOf(one.raw, one.view.text)
    if ('string' in balance && one.texts.some((text) => text !== one.view.text))
      report.add('field.language', one.path, { to })
    limit(one.labels, 9, `${one.path}/label`, `${to}.label`)
    limit(one.texts, 7, one.path, `${to}.balance`)
    return { [name]: { ...texts.both('label', one.labels), balance } }
  }

  const name = nameField(source)
  const namePart: { class: JsonObject; object: JsonObject } = { class: {}, object: {} }
  if (name !== undefined) {
    claims.take(name, 'object.accountName', 'object.accountName')
    limit(name.texts, 20, name.path, 'object.accountName')
    limit(name.labels, 15, `${name.path}/label`, 'class.accountNameLabel')
    namePart.class = texts.both('accountNameLabel', name.labels)
    namePart.object = { accountName: name.view.text || undefined }
  } else if (config.accountName !== undefined) {
    namePart.object = { accountName: plainValue(source, config.accountName) }
  }

  const account = field(config.accountId)
  if (account !== undefined && !claims.taken.has(account.path)) {
    claims.take(account, 'object.accountId', 'object.accountId')
    limit(account.labels, 15, `${account.path}/label`, 'class.accountIdLabel')
  }
  const accountId = plainValue(source, config.accountId ?? 'serial')

  return {
    class: compact({
      ...issuerPart(source),
      ...texts.both('programName', title),
      ...namePart.class,
      ...(account === undefined ? {} : texts.both('accountIdLabel', account.labels)),
      ...tierPart,
    }),
    object: compact({
      ...namePart.object,
      accountId,
      ...points(first, 'loyaltyPoints'),
      ...points(second, 'secondaryLoyaltyPoints'),
    }),
    claims,
    ...(tier?.varies === true && source.design !== undefined ? { classPart: idPart(String(tier.view.value)) } : {}),
  }
}
