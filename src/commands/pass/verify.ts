import { Args, Flags } from '@oclif/core'
import { EXIT, jobFlags, TesseraCommand } from '../../cli/base-command.js'
import { renderPassReport } from '../../cli/render/pass-report.js'
import { NotValid, renderPassSummary } from '../../cli/render/pass-summary.js'
import { heardItems } from '../../kit/heard-items.js'
import type { PassReport } from '../../verifying/types.js'

export default class PassVerify extends TesseraCommand<typeof PassVerify> {
  static override summary = 'Tell whether phones accept a pass, and if not, why.'
  static override description =
    'Opens anybody’s passes: .pkpass and .pkpasses files, folders of them, unpacked passes, addresses, or a pipe (-). ' +
    'Looks at the archive, the manifest, the signature, the certificates and whether they are Apple’s, and at all that ' +
    '`design check` looks at. The exit code is 0 when all are valid and 6 when one is not. --json prints ' +
    '{file, verdict, sentence, findings, pass, signer} for one pass, {summary, passes} for several.'
  static override examples = [
    { description: 'One pass', command: '<%= config.bin %> pass verify card.pkpass' },
    {
      description: 'All cards of a launch that signs with development certificates',
      command: '<%= config.bin %> pass verify cards --trust certs/wwdr.pem',
    },
    {
      description: 'What a web server hands out',
      command: '<%= config.bin %> pass verify https://example.com/card.pkpass',
    },
    { description: 'From a pipe, for a script', command: '<%= config.bin %> pass verify - --json < card.pkpass' },
    {
      description: 'For a build server',
      command: '<%= config.bin %> pass verify cards --trust certs/wwdr.pem --format junit --out passes.xml',
    },
  ]
  static override strict = false
  static override args = {
    pass: Args.string({ required: true, description: 'Files, folders, addresses, or - for a pipe.' }),
  }
  static override flags = {
    ...jobFlags,
    trust: Flags.string({
      summary: 'Trust this certificate beside Apple’s: an intermediate or a root, PEM or DER. May be repeated.',
      helpValue: 'FILE',
      multiple: true,
      multipleNonGreedy: true,
    }),
    strict: Flags.boolean({ summary: 'Exit code 6 for everything but advice.' }),
    'signature-only': Flags.boolean({ summary: 'Leave out what the pass says and shows.' }),
    at: Flags.string({ summary: 'Verify as of this date instead of now.', helpValue: 'DATE' }),
    format: Flags.option({
      options: ['text', 'sarif', 'junit'] as const,
      default: 'text',
      summary: 'How findings are written.',
    })(),
    out: Flags.string({ summary: 'Write the findings into a file.', helpValue: 'FILE' }),
    jobs: Flags.integer({
      summary: 'Threads; as many as there are cores when absent.',
      helpValue: 'N',
      min: 1,
      max: 256,
    }),
  }

  async run(): Promise<object> {
    const app = await import('../../app/verify-passes.js')
    const { trust = [], strict, format, out, at, jobs } = this.flags
    if (format !== 'text' && out === undefined) this.assertNoJson(`--format ${format}`, '--out FILE')
    const environment = await this.environment()
    const keep = format !== 'text' || out !== undefined || this.jsonEnabled()
    const reports: PassReport[] = []
    const notValid = new NotValid()
    const state: { first?: PassReport; ok: boolean } = { ok: true }
    const take = (report: PassReport): void => {
      state.first ??= report
      state.ok &&= app.isAcceptable(report, strict)
      notValid.add(report)
      if (keep) reports.push(report)
    }
    const request = { names: this.words, environment, trust, content: !this.flags['signature-only'], at, jobs }
    const events = app.verifyPasses({ ...request, fetch, stdin: this.input, signal: this.signal })
    const { summary, state: end } = await this.follow(heardItems(events, take), { resumable: false })
    const stopped = end === 'stopped'
    const { single, ...counts } = summary
    const text = (): string =>
      single && state.first !== undefined
        ? renderPassReport(state.first)
        : renderPassSummary(counts, notValid, { stopped })
    if (format === 'text' && out === undefined) this.print(text())
    else {
      const report =
        format === 'sarif'
          ? await app.verifySarif(reports, { environment, version: this.config.version })
          : format === 'junit'
            ? await app.verifyJunit(reports, {
                seconds: counts.milliseconds / 1000,
                ok: (each) => app.isAcceptable(each, strict),
              })
            : `${reports.map((each) => renderPassReport(each)).join('\n\n')}\n`
      if (out === undefined) this.print(report.trimEnd())
      else {
        this.print(text().split('\n', 1)[0])
        const where = { environment, openLaunch: () => this.openLaunch() }
        this.say(`Written: ${await app.writeVerifyReport(out, report, where)}`)
      }
    }
    if (!state.ok && !stopped) this.endWith(EXIT.badInput)
    return single && state.first !== undefined ? state.first : { summary: counts, passes: reports }
  }
}
