import { Args } from '@oclif/core'
import { TesseraCommand } from '../../cli/base-command.js'
import { renderExplanation } from '../../cli/render/pass-explain.js'

export default class PassExplain extends TesseraCommand<typeof PassExplain> {
  static override summary = 'Explain a rule of pass verify: what a phone does, and how to mend it.'
  static override description =
    'RULE is the name in brackets behind a finding, such as certificate.issuer; a group such as certificate lists its ' +
    'rules, and without a name all are listed. --json prints {id, severity, title, reason, fix, command, example, ' +
    'source, page}, {id, title, intro, rules} for a group, {groups} for all.'
  static override examples = [
    { description: 'One rule', command: '<%= config.bin %> pass explain certificate.issuer' },
    { description: 'The rules of a group', command: '<%= config.bin %> pass explain signature' },
    { description: 'All rules', command: '<%= config.bin %> pass explain' },
  ]
  static override args = {
    rule: Args.string({ description: 'A rule, or a group of rules; all when absent.' }),
  }

  async run(): Promise<object> {
    const { explainVerifyRule } = await import('../../app/explain-rule.js')
    const explanation = explainVerifyRule(this.args.rule, this.config.version)
    this.print(renderExplanation(explanation))
    return explanation
  }
}
