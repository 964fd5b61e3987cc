import type { RuleGroup } from '../rule.js'
import { FIELD_SHAPE_RULES } from './field-shape.js'
import { FIELD_VALUE_RULES } from './field-values.js'

export const FIELD_RULES: RuleGroup = {
  id: 'fields',
  title: 'Fields',
  intro:
    'The texts of the card: their keys, how many a style shows, how numbers and dates are written. Fields that design.yaml feeds are checked as what they will be on a card.',
  rules: [...FIELD_SHAPE_RULES, ...FIELD_VALUE_RULES],
}
