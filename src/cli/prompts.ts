import inquirer from 'inquirer'

interface Question {
  readonly message: string
  /** True, or why the answer will not do. */
  readonly validate?: (answer: string) => true | string
}

export interface Choice<Value extends string> {
  readonly name: string
  readonly value: Value
  readonly description?: string
}

/** Questions on stderr, so that stdout stays data. Ctrl-C throws, and the command ends with 130. */
export interface Prompts {
  input(question: Question & { readonly default?: string }): Promise<string>
  /** The answer is not shown. */
  password(question: Question): Promise<string>
  select<Value extends string>(question: {
    readonly message: string
    readonly choices: readonly Choice<Value>[]
    readonly default?: Value
  }): Promise<Value>
  confirm(question: { readonly message: string; readonly default?: boolean }): Promise<boolean>
}

export function createPrompts(): Prompts {
  const prompt = inquirer.createPromptModule({ output: process.stderr })
  return {
    async input({ validate, ...question }) {
      const { answer } = await prompt([{ type: 'input', name: 'answer', ...question, ...checked(validate) }])
      return String(answer).trim()
    },
    async password({ validate, ...question }) {
      const { answer } = await prompt([{ type: 'password', name: 'answer', ...question, ...checked(validate) }])
      return String(answer)
    },
    async select<Value extends string>(question: {
      readonly message: string
      readonly choices: readonly Choice<Value>[]
      readonly default?: Value
    }): Promise<Value> {
      const { answer } = await prompt([{ type: 'select', name: 'answer', ...question }])
      return answer as Value
    },
    async confirm(question) {
      const { answer } = await prompt([{ type: 'confirm', name: 'answer', ...question }])
      return answer === true
    },
  }
}

function checked(validate: Question['validate']): { validate?: (answer: string) => true | string } {
  return validate === undefined ? {} : { validate: (answer) => validate(answer.trim()) }
}
