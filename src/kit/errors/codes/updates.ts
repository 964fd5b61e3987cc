import { EXIT } from '../../exit-codes.js'
import type { ErrorEntry } from '../entry.js'

/** Errors of `card update` and `design publish`. */
export const UPDATES_ERRORS = {
  FIELD_UNKNOWN: {
    exit: EXIT.usage,
    title: 'The design of the card has no such field.',
    cause: 'A value is given by the key of a field, and design.yaml of the card as published has no field of that key.',
    remedy: 'Look at the fields of the card with `tessera card show SERIAL`.',
  },
  VALUE_INVALID: {
    exit: EXIT.badInput,
    title: 'A card cannot be given that value.',
    cause: 'The value does not fit the type or the bounds of its field, or the barcode that follows from it is none.',
    remedy: 'Correct the value; design.yaml of the design says what the field takes.',
  },
  DESIGN_REFUSED: {
    exit: EXIT.badInput,
    title: 'Phones would refuse the cards of this design.',
    cause: 'The check of the design found a mistake for which phones refuse a card, and all cards of it would follow.',
    remedy: 'Correct what `tessera design check NAME` names, or publish it all the same with --force.',
  },
} as const satisfies Record<string, ErrorEntry>
