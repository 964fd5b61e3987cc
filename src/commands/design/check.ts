import { Args, Flags } from '@oclif/core'
import { EXIT, TesseraCommand } from '../../cli/base-command.js'
import { renderReport, renderRule, renderRules } from '../../cli/render/findings.js'

export default class DesignCheck extends TesseraCommand<typeof DesignCheck> {
  static override summary = 'Check what phones will make of a design.'
  static override description =
    'Says in one sentence whether phones will show the cards as designed, then every finding with its place and what to ' +
    'do about it: mistakes that make phones refuse a card, texts that are cut, pictures of the wrong size, colours that ' +
    'cannot be read, missing translations. Ends with exit code 6 when phones refuse the card. docs/rules explains every rule.'
  static override examples = [
    { description: 'All designs of the launch', command: '<%= config.bin %> design check' },
    { description: 'One design, strictly', command: '<%= config.bin %> design check bonus --strict' },
    { description: 'What could be mended', command: '<%= config.bin %> design check bonus --fix --dry-run' },
    {
      description: 'For a code host',
      command: '<%= config.bin %> design check --format sarif --out check.sarif',
    },
    { description: 'One rule', command: '<%= config.bin %> design check --explain picture.icon-scale' },
  ]
  static override strict = false
  static override args = {
    design: Args.string({ description: 'Names of designs or paths of design folders; all designs when absent.' }),
  }
  static override flags = {
    strict: Flags.boolean({ summary: 'Exit code 6 for everything but advice.' }),
    fix: Flags.boolean({ summary: 'Mend what cannot be meant otherwise.' }),
    'dry-run': Flags.boolean({
      char: 'n',
      summary: 'With --fix: show the changes, write nothing.',
      dependsOn: ['fix'],
    }),
    format: Flags.option({
      options: ['text', 'sarif'] as const,
      default: 'text',
      summary: 'How findings are written.',
    })(),
    out: Flags.string({ summary: 'Write the findings into a file.', helpValue: 'FILE' }),
    rules: Flags.boolean({ summary: 'List the rules.', exclusive: ['fix', 'explain', 'out'] }),
    explain: Flags.string({ summary: 'Explain a rule.', helpValue: 'RULE', exclusive: ['fix', 'out'] }),
  }

  async run(): Promise<object> {
    const { checkDesigns, explainRule, listRules, sarifText, writeReport } = await import('../../app/check-designs.js')
    const { rules, explain, strict, fix, format, out } = this.flags
    if (rules) {
      this.print(renderRules(listRules()))
      return listRules()
    }
    if (explain !== undefined) {
      const rule = explainRule(explain)
      this.print(renderRule(rule))
      return rule
    }
    if (format === 'sarif' && out === undefined) this.assertNoJson('--format sarif', '--out FILE')
    const environment = await this.environment()
    const openLaunch = () => this.openLaunch()
    const request = { names: this.words, environment, openLaunch, strict, fix, dryRun: this.flags['dry-run'] }
    const reports = await checkDesigns(request)
    const text =
      format === 'sarif'
        ? sarifText(reports, environment, this.config.version)
        : `${reports.map((report) => renderReport(report)).join('\n\n')}\n`
    if (out === undefined) this.print(text.trimEnd())
    else {
      for (const { verdict } of reports) this.print(verdict)
      this.say(`Written: ${await writeReport(out, text, request)}`)
    }
    if (reports.some(({ ok }) => !ok)) this.endWith(EXIT.badInput)
    return reports
  }
}
