import type { BuildFailure } from './build-failure.js'
import { APPEARANCES } from './card-sides.js'
import { drawImage, drawPage } from './draw-preview.js'
import { errorPage, followScript } from './live-page.js'
import type { LiveContent } from './live-server.js'
import type { BuiltCards } from './open-preview.js'

/** What browsers are shown: the last preview that could be made, or why there is none. */
export class LiveView {
  readonly #run: string
  #count = 0
  #content: LiveContent | undefined

  /** @param run - differs from that of the run before, whose pages may still be open. */
  constructor(run: string) {
    this.#run = run
  }

  get content(): LiveContent {
    if (this.#content === undefined) throw new TypeError('nothing was shown yet')
    return this.#content
  }

  async show(built: BuiltCards, options: { readonly notes: readonly string[]; readonly scale: number }): Promise<void> {
    const { version, script } = this.#next()
    const html = await drawPage(built.cards, { title: built.title, notes: options.notes, script })
    this.#content = { version, script, ok: true, html, picture: pictures(built, options.scale) }
  }

  fail(failure: BuildFailure): void {
    const { version, script } = this.#next()
    const html = errorPage(failure, script)
    this.#content = { version, script, ok: false, html, picture: async () => undefined }
  }

  #next(): { version: string; script: string } {
    const version = `${this.#run}-${++this.#count}`
    return { version, script: followScript(version) }
  }
}

const NAMES = {
  'front.png': { sides: 'front' },
  'back.png': { sides: 'back' },
  'both.png': { sides: 'both' },
  'google.png': { sides: 'both', wallets: ['google'] },
} as const

/** `/front.png?locale=ru&appearance=dark`: drawn when asked for, each once. There are few, so all are kept. */
function pictures({ cards }: BuiltCards, scale: number): LiveContent['picture'] {
  const drawn = new Map<string, Promise<Uint8Array>>()
  return async (name, query) => {
    const shown = Object.hasOwn(NAMES, name) ? NAMES[name as keyof typeof NAMES] : undefined
    const locale = query.get('locale')
    const card = locale === null ? cards[0] : cards.find((one) => one.locale === locale)
    const appearance = APPEARANCES.find((one) => one === (query.get('appearance') ?? 'light'))
    if (shown === undefined || card === undefined || appearance === undefined) return undefined
    const key = [name, card.locale, appearance].join(' ')
    const known = drawn.get(key) ?? drawImage([card], { ...shown, appearance, scale })
    drawn.set(key, known)
    return known
  }
}
