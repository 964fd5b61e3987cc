import { DESIGN_KINDS, type DesignKind } from '../../kit/design-kinds.js'
import { shellQuote } from '../../kit/shell-quote.js'
import { checkAnswer, defaultAnswers, type GivenAnswers, INIT_FLAGS, type InitAnswers } from './answers.js'

/** How the wizard asks; the terminal's prompts fit. */
export interface Questioner {
  input(question: {
    readonly message: string
    readonly default?: string
    readonly validate?: (answer: string) => true | string
  }): Promise<string>
  select<Value extends string>(question: {
    readonly message: string
    readonly choices: readonly { readonly name: string; readonly value: Value }[]
    readonly default?: Value
  }): Promise<Value>
}

/** Asks for whatever no flag has given. */
export async function askAnswers(ask: Questioner, given: GivenAnswers, dir: string): Promise<GivenAnswers> {
  const preset = defaultAnswers(dir)
  const input = async (name: Exclude<keyof InitAnswers, 'kind'>, message: string): Promise<string> =>
    given[name] ??
    (await ask.input({
      message,
      ...(preset[name] === undefined ? {} : { default: preset[name] }),
      validate: (answer) => checkAnswer(name, answer),
    }))
  return {
    organization: await input('organization', 'Name on the lock screen:'),
    kind:
      given.kind ??
      (await ask.select<DesignKind>({
        message: 'First design:',
        choices: DESIGN_KINDS.map(({ kind, title, description }) => ({
          name: `${title}: ${description}`,
          value: kind,
        })),
        default: preset.kind,
      })),
    passTypeIdentifier: await input('passTypeIdentifier', "Pass type identifier (Apple's, or this example):"),
    teamIdentifier: await input('teamIdentifier', "Team identifier (Apple's, or this example):"),
    locale: await input('locale', 'Language of dates and numbers:'),
    currency: await input('currency', 'Currency:'),
    serviceUrl: await input('serviceUrl', 'Address that phones reach (https; empty for none yet):'),
  }
}

/** The command line that gives the same answers without questions. */
export function sameCommand(answers: InitAnswers, dir: string): string {
  const flags = (Object.keys(INIT_FLAGS) as (keyof InitAnswers)[]).flatMap((name) => {
    const value = answers[name]
    return value === undefined ? [] : [`--${INIT_FLAGS[name]}`, value]
  })
  return shellQuote(['tessera', 'init', dir, ...flags, '--no-input'])
}
