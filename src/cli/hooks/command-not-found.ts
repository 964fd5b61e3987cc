import type { Hook } from '@oclif/core'
import { closest } from '../../kit/closest.js'
import { AppError } from '../../kit/errors/index.js'

/** What a mistyped command gets: a proposal, and never a question, since scripts mistype too. */
const commandNotFound: Hook.CommandNotFound = async ({ config, id }) => {
  const spoken = id.replaceAll(':', ' ')
  const known = config.commands.filter(({ hidden }) => !hidden).map((command) => command.id.replaceAll(':', ' '))
  const words = spoken.split(' ')
  // `card lst 123` arrives whole; the longest beginning that is like a command is the one that was meant.
  const guess = words
    .map((_, index) => closest(words.slice(0, words.length - index).join(' '), known))
    .find((found) => found !== undefined)
  const topic = config.findTopic(words[0] ?? '') === undefined ? '' : ` ${words[0]}`
  const hints = [`\`tessera${topic} --help\` lists the commands.`]
  if (guess !== undefined) hints.unshift(`Did you mean \`tessera ${guess}\`?`)
  throw new AppError('USAGE', `There is no command "${spoken}".`, { hints })
}

export default commandNotFound
