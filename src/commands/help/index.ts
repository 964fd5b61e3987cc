import { Args, loadHelpClass } from '@oclif/core'
import { TesseraCommand } from '../../cli/base-command.js'

export default class HelpIndex extends TesseraCommand<typeof HelpIndex> {
  static override summary = 'Show help on Tessera, a topic or a command.'
  static override description = 'The same as --help after the command. With --json: the list of all commands.'
  static override examples = [
    { description: 'List the commands', command: '<%= config.bin %> help' },
    { description: 'Help on one command', command: '<%= config.bin %> help config show' },
  ]
  static override args = { command: Args.string({ description: 'The command or topic.' }) }
  static override strict = false

  async run(): Promise<object> {
    if (!this.jsonEnabled()) {
      const Help = await loadHelpClass(this.config)
      await new Help(this.config, this.config.pjson.oclif.helpOptions).showHelp(this.argv.filter(isWord))
    }
    const commands = this.config.commands.filter(({ hidden }) => !hidden)
    return { commands: commands.map(({ id, summary }) => ({ command: id.replaceAll(':', ' '), summary })) }
  }
}

function isWord(word: string): boolean {
  return !word.startsWith('-')
}
