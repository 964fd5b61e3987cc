import type { RuleGroup } from '../rule.js'
import { FILE_TEXT_RULES, JSON_SOURCE } from './file-text.js'

/** How the files are written. Findings without a check are made while a folder is read. */
export const FILE_RULES: RuleGroup = {
  id: 'file',
  title: 'Files',
  intro:
    'How pass.json and design.yaml are written, before anything they say is looked at. What cannot be read cannot be shown.',
  rules: [
    {
      id: 'file.pass-missing',
      severity: 'refused',
      title: 'There is no pass.json.',
      reason: 'pass.json says everything a card is; without it there is no card.',
      fix: 'Add pass.json, or make a design with `tessera design new`.',
      source: 'Apple, Wallet Developer Guide: Pass Design and Creation',
      example: 'A folder bonus.pkpasstemplate with pictures only.',
    },
    {
      id: 'file.config',
      severity: 'refused',
      title: 'design.yaml is missing or has a mistake.',
      reason: 'design.yaml says which columns feed which fields. Without a readable one no card can be issued.',
      fix: 'Correct design.yaml at that place; docs/guides/designs.md explains every key.',
      source: 'docs/schema/design.schema.json of Tessera',
      example: 'fields:\n  balance: {type: nubmer}',
    },
    {
      id: 'file.unusable',
      severity: 'refused',
      title: 'A file of the folder cannot be put into cards.',
      reason:
        'Links could bring files from elsewhere into every card; files that are not what they say break the card.',
      fix: 'Replace the file by a plain one of the kind its name says, or remove it.',
      source: 'Tessera: limits of a design folder',
      example: 'strip.png that is a JPEG with another name.',
    },
    {
      id: 'file.syntax',
      severity: 'refused',
      title: 'pass.json is no JSON.',
      reason: 'Phones cannot read it and refuse the pass without saying why.',
      fix: 'Correct pass.json at that place.',
      source: JSON_SOURCE,
      example: '"label": "Points" "value": 0',
    },
    {
      id: 'file.too-large',
      severity: 'refused',
      title: 'pass.json is larger than any card needs.',
      reason:
        'Tessera reads up to 4 MB and 200,000 values, a thousand times what cards have, and says nothing about the rest; a phone would run out of memory or patience.',
      fix: 'Leave out what no holder can read.',
      source: 'Tessera: limits of a pass',
      example: 'A pass.json of 5 MB.',
    },
    ...FILE_TEXT_RULES,
  ],
}
