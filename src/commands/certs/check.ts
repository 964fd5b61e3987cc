import { EXIT, TesseraCommand } from '../../cli/base-command.js'
import { until } from '../../cli/render/certificates.js'
import { renderChecks } from '../../cli/render/checks.js'
import { definitions } from '../../cli/render/table.js'

const STATUS = { ok: 'ok', note: 'skipped', warning: 'warning', error: 'failed' } as const

export default class CertsCheck extends TesseraCommand<typeof CertsCheck> {
  static override summary = 'Check that the certificates of this launch can sign cards, and for how long.'
  static override description =
    'Looks at the chain, the key, the identity in tessera.yaml and in the designs, and the dates; warns 90 days before ' +
    'something expires. Each finding names the command that fixes it. Exit code 4 when cards cannot be signed; ' +
    'warnings do not count.'
  static override examples = [
    { description: 'Look at the certificates', command: '<%= config.bin %> certs check' },
    { description: 'In a nightly job', command: '<%= config.bin %> certs check --json' },
  ]

  async run(): Promise<object> {
    const launch = await this.openLaunch()
    const { checkLaunchCertificates } = await import('../../app/certs.js')
    const report = await checkLaunchCertificates(launch)
    if (report.notAfter !== undefined) {
      this.print(
        definitions([
          ['pass type', report.passTypeIdentifier],
          ['team', `${report.teamIdentifier} (${report.organizationName})`],
          ['issued by', report.development ? 'tessera certs dev, for tests' : `Apple WWDR ${report.issuer}`],
          ['valid until', until(report.notAfter, launch.now())],
        ]),
      )
      this.print()
    }
    const checks = report.findings.map(({ title, severity, message, fix }) => {
      const check = { title, status: STATUS[severity], detail: message }
      return fix === undefined ? check : { ...check, remedy: fix }
    })
    this.print(renderChecks(checks))
    if (!report.ok) this.endWith(EXIT.credentials)
    return report
  }
}
