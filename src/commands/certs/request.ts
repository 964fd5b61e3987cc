import { Flags } from '@oclif/core'
import { TesseraCommand } from '../../cli/base-command.js'
import { shownIn } from '../../cli/render/certificates.js'
import { definitions } from '../../cli/render/table.js'

export default class CertsRequest extends TesseraCommand<typeof CertsRequest> {
  static override summary = 'Make a key and a certificate request for Apple, without a Mac.'
  static override description =
    'Writes request.key.pem (RSA, 2048 bits, only you can read it) and request.certSigningRequest beside the key of ' +
    'this launch. The certificates in use are not touched, so renewing interrupts nothing. With apple.keyPassphrase in ' +
    'tessera.yaml the key is encrypted. Run again, it makes the request anew for the same key.'
  static override examples = [
    {
      description: 'Ask Apple for a certificate, or for a new one in time',
      command: '<%= config.bin %> certs request',
    },
    {
      description: 'With the address that Apple’s portal shows beside the certificate',
      command: '<%= config.bin %> certs request --email wallet@example.com --country DE',
    },
  ]
  static override flags = {
    email: Flags.string({ summary: 'Mail address in the request.' }),
    country: Flags.string({ summary: 'Two-letter country in the request.', helpValue: 'DE' }),
    force: Flags.boolean({ summary: 'Make a new key although one is waiting; the old one is kept.' }),
  }

  async run(): Promise<object> {
    const launch = await this.openLaunch()
    const { requestCertificate } = await import('../../app/certs.js')
    const { email, country, force } = this.flags
    const made = await requestCertificate(launch, { email, country, force })
    const shown = shownIn(launch.dir)
    this.print(
      definitions([
        ['key', `${shown(made.key)}${made.newKey ? '' : ' (the one that was waiting)'}`],
        ['request', shown(made.request)],
        ['kept', made.backup === undefined ? undefined : shown(made.backup)],
      ]),
    )
    this.say(
      `
Next, in a browser: developer.apple.com/account > Certificates, Identifiers & Profiles > Identifiers > Pass Type IDs
> ${launch.config.apple.passTypeIdentifier} > Create Certificate. Upload ${shown(made.request)}, download pass.cer, then:
  tessera certs import pass.cer`,
    )
    return made
  }
}
