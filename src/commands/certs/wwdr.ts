import { Flags } from '@oclif/core'
import { TesseraCommand } from '../../cli/base-command.js'
import { shownIn, until } from '../../cli/render/certificates.js'
import { definitions } from '../../cli/render/table.js'

export default class CertsWwdr extends TesseraCommand<typeof CertsWwdr> {
  static override summary = 'Fetch Apple’s intermediate certificate that belongs to the pass certificate.'
  static override description =
    'Apple has several intermediates (WWDR G1, G3, G4 …) of the same name, and phones reject a card with the wrong one. ' +
    'The right one is found by the key and the signature in the pass certificate, downloaded from apple.com and ' +
    'compared with a fingerprint that Tessera knows. If the right one is there already, nothing is downloaded.'
  static override examples = [
    { description: 'Download the right one', command: '<%= config.bin %> certs wwdr' },
    { description: 'Without a network', command: '<%= config.bin %> certs wwdr --file AppleWWDRCAG4.cer' },
  ]
  static override flags = {
    file: Flags.string({ summary: 'Take it from a file that was downloaded elsewhere.', helpValue: 'FILE' }),
    fingerprint: Flags.string({
      summary: 'SHA-256 that you vouch for, for a generation newer than this Tessera.',
      helpValue: 'SHA256',
      dependsOn: ['file'],
    }),
  }

  async run(): Promise<object> {
    const launch = await this.openLaunch()
    const { fetchIntermediate } = await import('../../app/certs.js')
    const { cwd } = await this.environment()
    const { file, fingerprint } = this.flags
    const found = await fetchIntermediate(launch, { file, fingerprint, cwd, signal: this.signal })
    const shown = shownIn(launch.dir)
    this.print(
      definitions([
        ['intermediate', `${shown(found.wwdr)}${found.changed ? '' : ' (was there already)'}`],
        ['generation', found.generation === undefined ? undefined : `Apple WWDR ${found.generation}`],
        ['valid until', until(found.notAfter, launch.now())],
        ['SHA-256', found.sha256],
        ['from', found.changed ? shown(found.source) : undefined],
      ]),
    )
    this.say('\nNext: tessera certs check')
    return found
  }
}
