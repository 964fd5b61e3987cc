import { Args, Flags } from '@oclif/core'
import { EXIT, jobFlags, TesseraCommand } from '../cli/base-command.js'
import { explainConformance, renderConformance, renderConformanceRules } from '../cli/render/conformance.js'
import type { RuleResult } from '../delivery/conformance/types.js'
import { heardItems } from '../kit/heard-items.js'

const many = { multiple: true, multipleNonGreedy: true } as const

export default class Conformance extends TesseraCommand<typeof Conformance> {
  static override summary = 'Try any Wallet web service, rule by rule, as a phone would use it.'
  static override description =
    'Asks the service at URL what phones and Android readers ask, and what strangers try, with a card that it knows: the ' +
    'pass says serial number, pass type and token. It registers made-up devices and takes them back at the end; the ' +
    'card is changed by --update-command only. The exit code is 0 when no rule that a phone depends on is broken, 6 when ' +
    'one is, 5 when the service gives no answer. --json prints {url, conforms, sentence, passed, failed, warned, ' +
    'skipped, cards, requests, milliseconds, notes, rules: [{rule, level, title, outcome, message, phone, exchanges: ' +
    '[{request, answer}]}]}; with --list or --explain {rules: [{id, level, title, protocol, phone, seen, source}]}.'
  static override examples = [
    {
      description: 'With two cards, and a command that changes them',
      command:
        '<%= config.bin %> conformance http://127.0.0.1:8080 --pass ann.pkpass --pass ben.pkpass --update-command "tessera card update {serial} balance={number}"',
    },
    {
      description: 'A stranger’s service, at the address that its pass names',
      command: '<%= config.bin %> conformance --pass card.pkpass --junit conformance.xml',
    },
    { description: 'What is tried', command: '<%= config.bin %> conformance --list' },
    { description: 'Why, and who breaks it', command: '<%= config.bin %> conformance --explain --only list' },
  ]
  static override args = {
    url: Args.string({ description: 'webServiceURL, what comes before /v1; that of the pass when absent.' }),
  }
  static override flags = {
    ...jobFlags,
    pass: Flags.string({
      ...many,
      summary: 'Pass of a card that the service knows. Twice for the rules that need two cards.',
      helpValue: 'FILE',
    }),
    serial: Flags.string({ summary: 'Serial number of a card, where there is no pass.', helpValue: 'SERIAL' }),
    'pass-type': Flags.string({ summary: 'Pass type of that card.', helpValue: 'ID' }),
    'token-file': Flags.string({
      summary: 'File with the authentication token of that card; - for a pipe.',
      helpValue: 'FILE',
      exclusive: ['token-env'],
    }),
    'token-env': Flags.string({ summary: 'Environment variable with that token.', helpValue: 'NAME' }),
    'update-command': Flags.string({
      summary: 'Shell command that changes what a card shows; {serial} is the card, {number} a number it has not had.',
      helpValue: 'COMMAND',
    }),
    trust: Flags.string({
      ...many,
      summary: 'Trust these certificates beside the known ones, for TLS and for signatures, PEM or DER.',
      helpValue: 'FILE',
    }),
    only: Flags.string({ ...many, summary: 'Only this rule, or this group of rules.', helpValue: 'RULE' }),
    timeout: Flags.integer({ summary: 'Seconds for one request.', default: 10, min: 1, max: 600, helpValue: 'N' }),
    junit: Flags.string({ summary: 'Write the results as JUnit XML too.', helpValue: 'FILE' }),
    list: Flags.boolean({ summary: 'List the rules and ask nothing.', exclusive: ['explain'] }),
    explain: Flags.boolean({ summary: 'Explain the rules and ask nothing.' }),
  }

  async run(): Promise<object> {
    const app = await import('../app/conformance.js')
    const { list, explain, only = [], junit, pass = [], trust = [], timeout } = this.flags
    if (list || explain) {
      const rules = await app.conformanceRules(only)
      this.print(list ? renderConformanceRules(rules) : explainConformance(rules))
      return { rules }
    }
    const environment = await this.environment()
    const results: RuleResult[] = []
    const events = app.tryService({
      url: this.args.url,
      passes: pass,
      serial: this.flags.serial,
      passType: this.flags['pass-type'],
      tokenFile: this.flags['token-file'],
      tokenEnv: this.flags['token-env'],
      updateCommand: this.flags['update-command'],
      ...{ only, trust, timeout, environment, stdin: this.input, signal: this.signal, version: this.config.version },
    })
    const told = heardItems(events, (result) => results.push(result))
    const { summary, state } = await this.follow(told, { resumable: false })
    this.print(renderConformance(summary, results))
    if (junit !== undefined) {
      const path = await app.writeConformanceJunit(junit, results, {
        seconds: summary.milliseconds / 1000,
        environment,
        openLaunch: () => this.openLaunch(),
      })
      this.say(`Written: ${path}`)
    }
    if (state === 'done' && !summary.conforms) this.endWith(EXIT.badInput)
    return { ...summary, rules: results }
  }
}
