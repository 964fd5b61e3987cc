import type { Place } from '../../../kit/findings.js'
import type { GoogleNote } from '../../google/types.js'
import type { Problem, RuleGroup } from '../rule.js'
import type { Subject } from '../subject.js'

const SOURCE = 'Google Wallet API, references of class and object'

/** The twin in the other wallet. */
export const GOOGLE_RULES: RuleGroup = {
  id: 'google',
  title: 'The Google Wallet twin',
  intro:
    'Looked at only where design.yaml has a section `google`. `tessera design google` tells all that maps, changes and is lost; here is what spoils the card there.',
  rules: [
    {
      id: 'google.shortened',
      severity: 'advice',
      needs: 'design',
      title: 'A text is longer than Google shows.',
      reason: 'Google cuts it on small screens, or leaves out what is too much.',
      fix: 'Shorten it, or write a shorter one under `google:` in design.yaml.',
      source: SOURCE,
      example: '"organizationName" of more than 20 characters beside `google:`',
      check: async (subject) => {
        const notes = await notesOf(subject)
        return notes.flatMap((note): Problem[] =>
          note.outcome === 'shortened' ? [{ at: placeOf(subject, note.from), message: sentence(note) }] : [],
        )
      },
    },
  ],
}

/** What becomes of the sample card at Google. */
async function notesOf(subject: Subject): Promise<readonly GoogleNote[]> {
  const { design, now, locales } = subject
  if (design?.config.google === undefined) return []
  const { googleTwin } = await import('../../google/google-twin.js')
  const bundle = await subject.bundle(locales[0] ?? 'en')
  return googleTwin(bundle, design, { now, languages: locales, classSuffix: design.name }).report
}

/** `organizationName has 38 characters; small screens show 20 (class.issuerName).` */
function sentence({ from, key, to, reason }: GoogleNote): string {
  const what = key === undefined ? from.replace(/^design\.yaml: /, '') : `The field "${key}"`
  const whole = reason.startsWith('Has ') ? `${what} h${reason.slice(1)}` : reason
  return to === undefined ? whole : `${whole.replace(/\.$/, '')} (${to}).`
}

function placeOf({ config }: Subject, from: string): string | Place {
  const path = /^design\.yaml: (.+)$/.exec(from)?.[1]
  return path === undefined ? from : { file: 'design.yaml', ...config?.(path.split('.')) }
}
