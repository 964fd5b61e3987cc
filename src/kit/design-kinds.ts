/** The kinds of cards that Tessera brings a template for, as data in templates/designs, in the order they are offered. */
export const DESIGN_KINDS = [
  { kind: 'bonus', title: 'Bonus card', description: 'points and a level' },
  { kind: 'stamp', title: 'Stamp card', description: 'ten stamps on a picture, then a reward' },
  { kind: 'discount', title: 'Discount card', description: 'a discount that grows with purchases' },
  { kind: 'cashback', title: 'Cashback card', description: 'money back on every purchase' },
  { kind: 'membership', title: 'Membership card', description: 'a club with tiers, on a poster' },
  { kind: 'coupon', title: 'Coupon', description: 'one offer with a code and a last day' },
  { kind: 'gift', title: 'Gift card', description: 'a balance to spend, from one person to another' },
  { kind: 'event', title: 'Event ticket', description: 'place, time and seat' },
  { kind: 'referral', title: 'Referral card', description: 'a personal code that brings friends' },
] as const

export type DesignKind = (typeof DESIGN_KINDS)[number]['kind']

/** The names alone, as flags take them. */
export const KIND_NAMES: readonly DesignKind[] = DESIGN_KINDS.map(({ kind }) => kind)
