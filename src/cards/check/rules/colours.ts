import { contrast, parseColour, type Rgb, toPassColour } from '../../colour/colour.js'
import { replaceValue } from '../fix/json-edits.js'
import type { Problem, RuleGroup } from '../rule.js'
import { quote, type Subject } from '../subject.js'
import { overPictureRule } from './over-picture.js'

const COLOUR_KEYS = ['backgroundColor', 'foregroundColor', 'labelColor', 'stripColor', 'footerBackgroundColor'] as const
const WCAG = 'WCAG 2.2, success criteria 1.4.3 and 1.4.11'

/** The colours of the card. */
export const COLOUR_RULES: RuleGroup = {
  id: 'colour',
  title: 'Colours',
  intro:
    'How colours are written, and whether texts can be read on what lies below them. Contrast is the ratio of WCAG: 1 is none, 21 is black on white. Below 3 a text counts as unreadable, below 4.5 as hard to read.',
  rules: [
    {
      id: 'colour.format',
      severity: 'refused',
      title: 'A colour is not written as Wallet reads it.',
      reason: 'Phones refuse the pass or take black.',
      fix: 'Write it as "rgb(18, 41, 74)" or "#12294a", each channel from 0 to 255.',
      source: 'Apple Pass Builder 2026, PassColor.swift; dotnet-passbook issue 49',
      example: '"backgroundColor": "rgb(18-41-74)"',
      check: ({ passJson }) =>
        COLOUR_KEYS.flatMap((key): Problem[] => {
          const value = passJson[key]
          if (typeof value !== 'string' || parseColour(value) !== undefined) return []
          return [{ at: key, message: `${key} ${quote(value)} is no colour.` }]
        }),
      repair: (subject, { pointer: key = '' }) => {
        const colour = guessColour(subject.passJson[key])
        if (colour === undefined) return undefined
        return { kind: 'text', edits: replaceValue(subject, key, JSON.stringify(toPassColour(colour))) }
      },
    },
    {
      id: 'colour.background-missing',
      severity: 'advice',
      title: 'The card has no background colour.',
      reason: 'Wallet takes its own grey or white, which differs between its versions.',
      fix: 'Add backgroundColor.',
      source: 'Apple Pass Builder 2026, Pass.swift',
      example: 'A pass.json without "backgroundColor".',
      check: (subject) =>
        subject.passJson.backgroundColor === undefined && !backgroundIsPicture(subject)
          ? [{ at: 'backgroundColor', message: 'The card has no background colour of its own.' }]
          : [],
    },
    {
      id: 'colour.foreground-contrast',
      severity: 'shown-badly',
      title: 'The texts can hardly be read on the background.',
      reason: 'Holders see values that melt into the card, most of all outdoors.',
      fix: 'Make foregroundColor lighter or darker than backgroundColor.',
      source: WCAG,
      example: '"foregroundColor": "#777777", "backgroundColor": "#888888"',
      check: (subject) => contrastProblems(subject, 'foregroundColor', 'The texts'),
    },
    {
      id: 'colour.label-contrast',
      severity: 'shown-badly',
      title: 'The labels can hardly be read on the background.',
      reason: 'Labels are small; holders see values without knowing what they are.',
      fix: 'Make labelColor lighter or darker than backgroundColor.',
      source: WCAG,
      example: '"labelColor": "#9aa3ab", "backgroundColor": "#ffffff"',
      check: (subject) => contrastProblems(subject, 'labelColor', 'The labels'),
    },
    overPictureRule('colour.over-picture', WCAG),
  ],
}

function contrastProblems(subject: Subject, key: 'foregroundColor' | 'labelColor', what: string): Problem[] {
  const { passJson } = subject
  const [text, background] = [parseColour(passJson[key]), parseColour(passJson.backgroundColor)]
  const ownColours = passJson.useAutomaticColors === true || backgroundIsPicture(subject)
  if (text === undefined || background === undefined || ownColours) return []
  const ratio = contrast(text, background)
  if (ratio >= 4.5) return []
  const shown = (Math.floor(ratio * 10) / 10).toFixed(1)
  return [
    ratio < 3
      ? { at: key, message: `${what} have a contrast of ${shown} to the background; below 3 they cannot be read.` }
      : {
          at: key,
          message: `${what} have a contrast of ${shown} to the background; 4.5 is easy to read.`,
          severity: 'advice',
        },
  ]
}

/** Event tickets and posters put a picture where other cards have their colour. */
function backgroundIsPicture({ files, style, scheme }: Subject): boolean {
  if (style !== 'eventTicket' && style !== 'posterGeneric') return false
  const names = scheme === 'posterEventTicket' ? 'artwork|background' : 'background'
  return [...files.keys()].some((path) => new RegExp(`(?:^|/)(?:${names})(?:@\\dx)?\\.(?:png|pdf)$`, 'i').test(path))
}

/** The colour that is meant beyond doubt: other separators, a missing #, a channel for opacity that is full. */
function guessColour(value: unknown): Rgb | undefined {
  if (typeof value !== 'string') return undefined
  const text = value.trim()
  const hex = /^#?([0-9a-f]{6})(?:ff)?$/i.exec(text)?.[1]
  if (hex !== undefined) return parseColour(`#${hex}`)
  const channels =
    /^rgba?\s*\(\s*(\d{1,3})\s*[\s,;/-]\s*(\d{1,3})\s*[\s,;/-]\s*(\d{1,3})\s*(?:[,/]\s*(?:1|1\.0|100%)\s*)?\)?;?$/i.exec(
      text,
    )
  return channels === null ? undefined : parseColour(`rgb(${channels.slice(1, 4).join(',')})`)
}
