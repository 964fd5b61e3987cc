import type { Hook } from '@oclif/core'
import { closest } from '../../kit/closest.js'
import { AppError } from '../../kit/errors/index.js'

/** What a mistyped command gets: a proposal, and never a question, since scripts mistype too. */
const commandNotFound: Hook.CommandNotFound = async ({ config, id }) => {
  const spoken = id.replaceAll(':', ' ')
  const known = config.commands.filter(({ hidden }) => !hidden).map((command) => command.id.replaceAll(':', ' '))
  const [topic = ''] = spoken.split(' ')
  const inTopic = config.findTopic(topic) !== undefined
  const guess = guessCommand(spoken, known, inTopic ? `${topic} ` : '')
  const hints = [`\`tessera${inTopic ? ` ${topic}` : ''} --help\` lists the commands.`]
  if (guess !== undefined) hints.unshift(`Did you mean \`tessera ${guess}\`?`)
  throw new AppError('USAGE', `There is no command "${spoken}".`, { hints })
}

export default commandNotFound

/**
 * The command that was meant. A word too many may have come along (`card lst 1001`), so ever shorter beginnings are
 * tried; the topic, which is right, does not make two commands alike.
 */
function guessCommand(spoken: string, known: readonly string[], prefix: string): string | undefined {
  const candidates = known.filter((id) => id.startsWith(prefix)).map((id) => id.slice(prefix.length))
  const words = spoken.slice(prefix.length).split(' ')
  for (let length = words.length; length > 0; length--) {
    const guess = closest(words.slice(0, length).join(' '), candidates)
    if (guess !== undefined) return prefix + guess
  }
  return undefined
}
