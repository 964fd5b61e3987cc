import { BOARDING_KEYS, EVENT_GUIDE_KEYS } from '../facts/pass-keys.js'
import type { Problem, RuleGroup } from '../rule.js'
import { listOf, objectOf, quote } from '../subject.js'

const KEYS_SOURCE = 'Apple Pass Builder 2026, Pass.swift'
const SHORTEST_TOKEN = 16
const EMAIL_KEYS: readonly string[] = [...EVENT_GUIDE_KEYS, ...BOARDING_KEYS].filter((key) => key.endsWith('Email'))
const URL_KEYS = [...EVENT_GUIDE_KEYS, ...BOARDING_KEYS].filter((key) => /URL$|Website$/.test(key))

/** Where the card leads, and where it is updated from. */
export const LINK_RULES: RuleGroup = {
  id: 'link',
  title: 'Links and updates',
  intro:
    'Addresses in the pass. The address of the web service and its token are put into cards by Tessera, so they are asked of finished passes only.',
  rules: [
    {
      id: 'link.web-service',
      severity: 'refused-by-some',
      title: 'webServiceURL is no https address.',
      reason:
        'An address that cannot be read makes phones refuse the pass. Over http only phones set up for development ask for updates; others never update the card, or refuse it.',
      fix: 'Write an address that begins with https://.',
      source: KEYS_SOURCE,
      example: '"webServiceURL": "http://example.com/wallet"',
      check: ({ isTemplate, passJson: { webServiceURL: url } }) => {
        if (isTemplate || typeof url !== 'string') return []
        const problem = urlProblem(url)
        if (problem !== undefined)
          return [{ at: 'webServiceURL', message: `webServiceURL ${quote(url)} ${problem}.`, severity: 'refused' }]
        if (/\/v1\/?$/.test(url)) {
          const message = `webServiceURL ${quote(url)} ends in /v1, which phones append themselves; they would ask for updates at /v1/v1.`
          return [{ at: 'webServiceURL', message, fix: 'Leave out /v1 at the end.', severity: 'shown-badly' }]
        }
        if (/^https:/i.test(url)) return []
        return [{ at: 'webServiceURL', message: `webServiceURL ${quote(url)} does not begin with https://.` }]
      },
    },
    {
      id: 'link.token',
      severity: 'refused-by-some',
      title: 'authenticationToken is missing or too short.',
      reason: `The web service tells phones apart by it. Apple asks for no fewer than ${SHORTEST_TOKEN} characters; some readers refuse shorter ones, and without a token no card is updated.`,
      fix: 'Give every card a random token of at least 16 characters, and never change it.',
      source: 'Apple, Pass.authenticationToken',
      example: '"webServiceURL": "https://…", "authenticationToken": "abc"',
      check: ({ isTemplate, passJson: { webServiceURL, authenticationToken: token } }) => {
        if (isTemplate) return []
        if (token === undefined)
          return webServiceURL === undefined
            ? []
            : [{ at: 'webServiceURL', message: 'There is a webServiceURL but no authenticationToken.' }]
        if (typeof token !== 'string' || token.length >= SHORTEST_TOKEN) return []
        const message = `authenticationToken has ${token.length} characters; ${SHORTEST_TOKEN} are the least.`
        return [{ at: 'authenticationToken', message }]
      },
    },
    {
      id: 'link.app-launch',
      severity: 'shown-badly',
      title: 'appLaunchURL without an app.',
      reason: 'Phones hand the address to the app of associatedStoreIdentifiers; without one there is no link to tap.',
      fix: 'Add associatedStoreIdentifiers with the number of the app in the App Store, or remove appLaunchURL.',
      source: KEYS_SOURCE,
      example: '"appLaunchURL": "shop://card"',
      check: ({ passJson }) =>
        passJson.appLaunchURL === undefined || listOf(passJson.associatedStoreIdentifiers).length > 0
          ? []
          : [{ at: 'appLaunchURL', message: 'appLaunchURL has no associatedStoreIdentifiers beside it.' }],
    },
    {
      id: 'link.store-identifiers',
      severity: 'refused-by-some',
      title: 'An App Store identifier is no number.',
      reason: 'Strict readers refuse the pass; phones show no link to the app.',
      fix: 'Write the number of the app without quotes, as in the address of its page: id123456789 is 123456789.',
      source: KEYS_SOURCE,
      example: '"associatedStoreIdentifiers": ["123456789"]',
      check: ({ passJson }) =>
        ['associatedStoreIdentifiers', 'auxiliaryStoreIdentifiers'].flatMap((key) =>
          listOf(passJson[key]).flatMap((id, index): Problem[] =>
            Number.isInteger(id) && Number(id) > 0
              ? []
              : [{ at: `${key}/${index}`, message: `${quote(id)} is no number of an app.` }],
          ),
        ),
    },
    {
      id: 'link.url',
      severity: 'refused-by-some',
      title: 'An address is no address.',
      reason: 'The button leads nowhere; addresses with spaces have been seen to make phones refuse the pass.',
      fix: 'Write the whole address, beginning with https://, without spaces.',
      source: 'dotnet-passbook issue 49; WHATWG URL',
      example: '"bagPolicyURL": "https: //example.com/bags"',
      check: ({ passJson }) => [
        ...addressProblems(passJson, [...URL_KEYS, 'appLaunchURL'], EMAIL_KEYS),
        ...listOf(passJson.upcomingPassInformation).flatMap((item, index) => {
          const urls = objectOf(objectOf(item)?.URLs) ?? {}
          const keys = Object.keys(urls).filter((key) => !EMAIL_KEYS.includes(key) && !/PhoneNumber$/.test(key))
          return addressProblems(urls, keys, EMAIL_KEYS, `upcomingPassInformation/${index}/URLs/`)
        }),
      ],
    },
    {
      id: 'link.example-address',
      severity: 'advice',
      needs: 'design',
      title: 'An address of the back is an example.',
      reason: 'example.com belongs to nobody: holders who write or go there reach no one.',
      fix: 'Write your own address.',
      source: 'RFC 2606',
      example: '{ "key": "contact", "value": "hello@example.com" }',
      check: ({ fields }) =>
        fields.flatMap((site): Problem[] => {
          if (!site.onBack || site.spec !== undefined) return []
          const name = ['attributedValue', 'value'].find((each) =>
            /[@/.\s]example\.(?:com|org|net)\b|^example\.(?:com|org|net)\b/i.test(String(site.json[each] ?? '')),
          )
          return name === undefined ? [] : [{ at: `${site.at}/${name}`, message: 'The address is an example still.' }]
        }),
    },
  ],
}

function addressProblems(
  json: Readonly<Record<string, unknown>>,
  urls: readonly string[],
  emails: readonly string[],
  prefix = '',
): Problem[] {
  const look = (keys: readonly string[], problemOf: (text: string) => string | undefined) =>
    keys.flatMap((key): Problem[] => {
      const value = json[key]
      const problem = typeof value === 'string' ? problemOf(value) : undefined
      return problem === undefined ? [] : [{ at: `${prefix}${key}`, message: `${key} ${quote(value)} ${problem}.` }]
    })
  return [...look(urls, urlProblem), ...look(emails, emailProblem)]
}

/** What keeps a text from being an e-mail address; completes `"…" …`. */
function emailProblem(text: string): string | undefined {
  return /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text) ? undefined : 'is no e-mail address'
}

/** What keeps a text from being an address; completes `"…" …`. */
function urlProblem(text: string): string | undefined {
  if (/\s/.test(text)) return 'has white space in it'
  return URL.canParse(text) ? undefined : 'is no address'
}
