import { Args, Flags } from '@oclif/core'
import { TesseraCommand } from '../../cli/base-command.js'
import { shownIn, until } from '../../cli/render/certificates.js'
import { definitions } from '../../cli/render/table.js'

const oneSource = { exclusive: ['passphrase-file', 'passphrase-env', 'passphrase-command'] }
const others = (name: string) => ({ exclusive: oneSource.exclusive.filter((other) => other !== name) })

export default class CertsImport extends TesseraCommand<typeof CertsImport> {
  static override summary = 'Bring in a pass certificate with its key.'
  static override description =
    'Takes the .cer that Apple made of your request, or a .p12, .pfx or .pem that holds the key too. Certificate and ' +
    'key must belong together and to the pass type of this launch. The key is looked for in the file, in the waiting ' +
    'request and in the folder of the key. A certificate that is replaced is kept with the day in its name.'
  static override examples = [
    { description: 'What Apple made of the request', command: '<%= config.bin %> certs import ~/Downloads/pass.cer' },
    {
      description: 'An export of Keychain Access; the passphrase is asked for',
      command: '<%= config.bin %> certs import pass.p12',
    },
    {
      description: 'The same in a script',
      command: '<%= config.bin %> certs import pass.p12 --passphrase-env P12_PASSPHRASE',
    },
  ]
  static override args = { file: Args.string({ required: true, description: '.cer, .p12, .pfx or .pem' }) }
  static override flags = {
    key: Flags.string({ summary: 'The private key, when it is elsewhere.', helpValue: 'FILE' }),
    'passphrase-file': Flags.string({
      summary: 'File whose first line opens FILE.',
      helpValue: 'FILE',
      ...others('passphrase-file'),
    }),
    'passphrase-env': Flags.string({
      summary: 'Variable that holds the passphrase.',
      helpValue: 'NAME',
      ...others('passphrase-env'),
    }),
    'passphrase-command': Flags.string({
      summary: 'Command that prints the passphrase.',
      helpValue: 'COMMAND',
      ...others('passphrase-command'),
    }),
    force: Flags.boolean({ summary: 'Also replace a newer certificate or one of another key; copies are kept.' }),
  }

  async run(): Promise<object> {
    const launch = await this.openLaunch()
    const { importCertificate } = await import('../../app/certs.js')
    const { key, force } = this.flags
    const imported = await importCertificate(launch, {
      file: this.args.file,
      keyFile: key,
      passphrase: this.passphraseSource(),
      force,
      environment: await this.environment(),
      ask: this.interactive() ? (file, wrong) => this.askPassphrase(file, wrong) : undefined,
    })
    const shown = shownIn(launch.dir)
    this.print(
      definitions([
        ['pass type', imported.passTypeIdentifier],
        ['team', `${imported.teamIdentifier} (${imported.organizationName})`],
        ['valid until', until(imported.notAfter, launch.now())],
        ['certificate', shown(imported.certificate)],
        ['key', `${shown(imported.key)}, found in ${shown(imported.keyFrom)}`],
        ['intermediate', imported.wwdr === 'missing' ? 'not there yet' : shown(launch.path(launch.config.apple.wwdr))],
        ...imported.backups.map((path) => ['kept', shown(path)] as const),
      ]),
    )
    this.say(`\nNext: tessera certs ${imported.wwdr === 'missing' ? 'wwdr' : 'check'}`)
    return imported
  }

  private passphraseSource(): { file: string } | { env: string } | { command: string } | undefined {
    const { 'passphrase-file': file, 'passphrase-env': env, 'passphrase-command': command } = this.flags
    if (file !== undefined) return { file }
    if (env !== undefined) return { env }
    return command === undefined ? undefined : { command }
  }

  private async askPassphrase(file: string, wrong: boolean): Promise<string> {
    const prompts = await this.prompts()
    return prompts.password({ message: wrong ? 'That is not it. Passphrase?' : `Passphrase of ${file}?` })
  }
}
