import { Flags } from '@oclif/core'
import { TesseraCommand } from '../../cli/base-command.js'
import { shownIn, until } from '../../cli/render/certificates.js'
import { definitions } from '../../cli/render/table.js'

export default class CertsDev extends TesseraCommand<typeof CertsDev> {
  static override summary = 'Make test certificates, so that everything works without an Apple account.'
  static override description =
    'Makes a throw-away authority in the layout of Apple’s and a pass certificate for the pass type of this launch. ' +
    'Phones refuse cards signed with it; openssl and Tessera itself verify them. Run again, it changes nothing.'
  static override examples = [
    { description: 'Test certificates for this launch', command: '<%= config.bin %> certs dev' },
    {
      description: 'Replace real certificates by test ones, keeping copies',
      command: '<%= config.bin %> certs dev --force',
    },
  ]
  static override flags = {
    days: Flags.integer({ summary: 'How long they are valid.', default: 365, min: 1, max: 3650 }),
    force: Flags.boolean({ summary: 'Make new ones even if there are some, also in place of real ones.' }),
  }

  async run(): Promise<object> {
    const launch = await this.openLaunch()
    const { makeDevelopment } = await import('../../app/certs.js')
    const made = await makeDevelopment(launch, { days: this.flags.days, force: this.flags.force })
    const shown = shownIn(launch.dir)
    const what = made.created ? 'Made test certificates.' : 'Test certificates for this pass type are there already.'
    this.print(`${what} Phones refuse cards signed with them; everything else works.\n`)
    this.print(
      definitions([
        ['pass type', made.passTypeIdentifier],
        ['team', made.teamIdentifier],
        ['valid until', until(made.notAfter, launch.now())],
        ['certificate', shown(made.certificate)],
        ['key', shown(made.key)],
        ['intermediate', shown(made.wwdr)],
        ['root', shown(made.root)],
        ...made.backups.map((path) => ['kept', shown(path)] as const),
      ]),
    )
    this.say('\nNext: tessera issue members.csv --design NAME\nFor cards in phones: tessera certs request')
    return made
  }
}
