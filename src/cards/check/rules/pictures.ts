import type { RuleGroup } from '../rule.js'
import { PICTURE_PRESENCE_RULES } from './picture-presence.js'
import { PICTURE_SIZE_RULES } from './picture-size.js'

export const PICTURE_RULES: RuleGroup = {
  id: 'picture',
  title: 'Pictures',
  intro:
    'Which pictures there are and how large. Phones have two or three pixels per point, so every picture is wanted at @2x and @3x. `tessera design pictures` makes all sizes from one picture.',
  rules: [...PICTURE_PRESENCE_RULES, ...PICTURE_SIZE_RULES],
}
