import { basename, resolve } from 'node:path'
import type { DesignKind } from '../../kit/design-kinds.js'
import { AppError } from '../../kit/errors/index.js'
import { launchConfigSchema } from '../config/schema.js'

/** What `tessera init` needs to know. */
export interface InitAnswers {
  readonly organization: string
  readonly passTypeIdentifier: string
  readonly teamIdentifier: string
  readonly kind: DesignKind
  readonly locale: string
  readonly currency: string
  readonly serviceUrl?: string
}

export type GivenAnswers = { readonly [K in keyof InitAnswers]?: InitAnswers[K] | undefined }

const { organization, apple, locale, currency, service } = launchConfigSchema.shape
const CHECKS = {
  organization,
  passTypeIdentifier: apple.shape.passTypeIdentifier,
  teamIdentifier: apple.shape.teamIdentifier,
  locale,
  currency,
  serviceUrl: service.unwrap().shape.url,
}

/** The answers that are used where none is given. The identifiers are Apple's to assign, so these are examples. */
export function defaultAnswers(dir: string): InitAnswers {
  return {
    organization: titleOf(basename(resolve(dir))),
    passTypeIdentifier: 'pass.com.example.loyalty',
    teamIdentifier: 'ABCDE12345',
    kind: 'bonus',
    locale: 'en',
    currency: 'EUR',
  }
}

/** True, or why the answer will not do. An empty service URL means none. */
export function checkAnswer(name: keyof typeof CHECKS, answer: string): true | string {
  if (name === 'serviceUrl' && answer === '') return true
  const result = CHECKS[name].safeParse(answer)
  return result.success ? true : (result.error.issues[0]?.message ?? 'will not do')
}

/** Fills in the defaults and checks what was given. Throws USAGE naming every wrong flag at once. */
export function completeAnswers(given: GivenAnswers, dir: string): InitAnswers {
  const { serviceUrl, ...rest } = given
  const known = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  const answers: InitAnswers = {
    ...defaultAnswers(dir),
    ...known,
    ...(serviceUrl === undefined || serviceUrl === '' ? {} : { serviceUrl }),
  }
  const problems = (Object.keys(CHECKS) as (keyof typeof CHECKS)[]).flatMap((name) => {
    const value = answers[name]
    const result = value === undefined ? true : checkAnswer(name, value)
    return result === true ? [] : [`--${INIT_FLAGS[name]} "${value}" ${result}`]
  })
  if (problems.length > 0) throw new AppError('USAGE', `${problems.join('\n  ')}.`, { hints: [] })
  return answers
}

/** The flag of each answer. */
export const INIT_FLAGS = {
  organization: 'organization',
  passTypeIdentifier: 'pass-type-id',
  teamIdentifier: 'team-id',
  kind: 'kind',
  locale: 'locale',
  currency: 'currency',
  serviceUrl: 'service-url',
} as const satisfies Record<keyof InitAnswers, string>

/** `nordlicht-coffee` -> `Nordlicht coffee` */
function titleOf(folder: string): string {
  const words = folder.replaceAll(/[-_.]+/g, ' ').trim()
  return words === '' ? 'My organization' : words.charAt(0).toUpperCase() + words.slice(1)
}
