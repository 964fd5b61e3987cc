import { EXIT, TesseraCommand } from '../cli/base-command.js'
import { renderChecks } from '../cli/render/checks.js'

export default class Doctor extends TesseraCommand<typeof Doctor> {
  static override summary = 'Check the machine and the launch, and say what to do about what is wrong.'
  static override description = 'Nothing is changed. Exit code 7 when a check failed; warnings do not count.'
  static override examples = [
    { description: 'Check the launch this folder lies in', command: '<%= config.bin %> doctor' },
    { description: 'For a program', command: '<%= config.bin %> doctor --json' },
  ]

  async run(): Promise<object> {
    const { runDoctor } = await import('../app/doctor/run-doctor.js')
    const report = await runDoctor(this.flags.launch, await this.environment())
    this.print(renderChecks(report.checks))
    if (!report.ok) this.endWith(EXIT.environment)
    return report
  }
}
