import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseTypedColour } from '../cards/colour/css-colours.js'
import { isDesignName } from '../cards/design/design-name.js'
import { DESIGN_KINDS, type DesignKind } from '../kit/design-kinds.js'
import { shellQuote } from '../kit/shell-quote.js'
import type { Questioner } from './init/wizard.js'

/** What `design new` makes a design of; pictures as typed, relative to the working directory. */
export interface DesignAnswers {
  readonly kind: DesignKind
  readonly name: string
  readonly brand?: string | undefined
  readonly hero?: string | undefined
  readonly color?: string | undefined
}
export type GivenDesignAnswers = { readonly [K in keyof DesignAnswers]?: DesignAnswers[K] | undefined }

/** Asks for whatever no flag has given; pictures and colour may be left empty, and the template keeps its own. */
export async function askDesign(
  ask: Questioner,
  given: GivenDesignAnswers,
  { cwd, taken }: { readonly cwd: string; readonly taken: readonly string[] },
): Promise<DesignAnswers> {
  const kind =
    given.kind ??
    (await ask.select<DesignKind>({
      message: 'What kind of card?',
      choices: DESIGN_KINDS.map(({ kind: value, title, description }) => ({ name: `${title}: ${description}`, value })),
    }))
  const name =
    given.name ??
    (await ask.input({
      message: 'Name of the design:',
      default: freeName(kind, taken),
      validate: (answer) =>
        !isDesignName(answer)
          ? 'letters, digits, - and _ only'
          : !taken.includes(answer) || 'there is a design of that name already',
    }))
  const file = async (answer: string | undefined, message: string): Promise<string | undefined> =>
    answer ?? ((await ask.input({ message, validate: (path) => fileProblem(path, cwd) ?? true })) || undefined)
  const brand = await file(given.brand, 'Logo of the brand (a file; empty keeps the one of the template):')
  const hero = await file(given.hero, 'Photo for the card (a file; empty for a drawing):')
  const color =
    given.color ??
    ((await ask.input({
      message:
        brand === undefined ? 'Colour of the card (empty keeps its own):' : 'Colour (empty takes it from the logo):',
      validate: (text) => text === '' || parseTypedColour(text) !== undefined || 'write it as #1f6f5c or navy',
    })) ||
      undefined)
  return { kind, name, brand, hero, color }
}

/** The command line that makes the same design without questions. */
export function sameDesignCommand({ kind, name, brand, hero, color }: DesignAnswers): string {
  const flags = Object.entries({ kind, brand, hero, color }).flatMap(([flag, value]) =>
    value === undefined ? [] : [`--${flag}`, value],
  )
  return shellQuote(['tessera', 'design', 'new', name, ...flags])
}

function fileProblem(path: string, cwd: string): string | undefined {
  if (path === '') return undefined
  return statSync(resolve(cwd, path), { throwIfNoEntry: false })?.isFile() ? undefined : 'there is no such file'
}

/** `bonus`, or `bonus-2` where there is a `bonus` already. */
function freeName(kind: string, taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? kind : `${kind}-${number}`
    if (!taken.includes(name)) return name
  }
}
