import { visibleText } from '../../kit/visible-text.js'
import type { NoAnswer, WalletReply, WalletRequest } from './wallet-client.js'

/** Of a text in an answer. */
const MOST_SHOWN = 200
const SHOWN_REQUEST = ['Authorization', 'If-Modified-Since', 'X-Pass-Client']
const SHOWN_ANSWER: readonly [name: string, shown: string][] = [
  ['last-modified', 'Last-Modified'],
  ['location', 'Location'],
  ['retry-after', 'Retry-After'],
]

/** Shows requests and answers with what is secret masked: made for one run, it knows the tokens of its cards. */
export class Evidence {
  readonly #secrets: readonly string[]

  constructor(secrets: readonly string[]) {
    this.#secrets = secrets.filter((secret) => secret !== '')
  }

  request({ method, path, headers = {}, body }: WalletRequest): string {
    const shown = SHOWN_REQUEST.flatMap((name) => {
      const value = headers[name]
      return value === undefined
        ? []
        : [`${name}: ${value.replace(/^(\S+ ).*/, name === 'Authorization' ? '$1****' : '$&')}`]
    })
    const parts = [`${method} ${path}`, shown.length === 0 ? '' : `(${shown.join(', ')})`, body ?? '']
    return this.#mask(cut(parts.filter(Boolean).join(' '), 2 * MOST_SHOWN))
  }

  answer({ status, headers, body }: WalletReply): string {
    const type = headers['content-type'] ?? ''
    const some = SHOWN_ANSWER.flatMap(([name, shown]) => {
      const value = headers[name]
      return value === undefined ? [] : [`${shown}: ${value}`]
    })
    const isText =
      /json|text|xml|html/i.test(type) || (type === '' && body.length < 1000 && body.every((byte) => byte >= 9))
    const text = body.length === 0 ? [] : isText ? [body.toString('utf8')] : [`${body.length} bytes`]
    return this.#mask([[`${status}${type === '' ? '' : ` ${type}`}`, ...some].join(', '), ...text].join(': '))
  }

  none(error: NoAnswer): string {
    return this.#mask(`no answer: ${error.message}`)
  }

  #mask(text: string): string {
    const masked = this.#secrets.reduce((rest, secret) => rest.replaceAll(secret, '****'), text)
    return cut(visibleText(masked), 2 * MOST_SHOWN)
  }
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most).toWellFormed()}…` : text
}
