import { Args, Flags } from '@oclif/core'
import { TesseraCommand } from '../../cli/base-command.js'
import { renderPassDiff } from '../../cli/render/pass-diff.js'

export default class PassDiff extends TesseraCommand<typeof PassDiff> {
  static override summary = 'Tell what the holder of a pass would see change with another one.'
  static override description =
    'OLD and NEW are .pkpass files, folders, addresses, or - for a pipe. Tells whether phones put NEW in the place of ' +
    'OLD or beside it, what changes on the front and the back, and what the lock screen says of it in each language, ' +
    'or why it says nothing. --json prints {same, before, after, changes, holder, silent, obstacles, notes, picture}. ' +
    'The exit code is 0 whether there are differences or not; a script looks at "same".'
  static override examples = [
    { description: 'What an update would say', command: '<%= config.bin %> pass diff old.pkpass new.pkpass' },
    {
      description: 'With a picture of both fronts, in one language',
      command: '<%= config.bin %> pass diff old.pkpass new.pkpass --picture difference.png --locale en',
    },
    { description: 'For a script', command: '<%= config.bin %> pass diff old.pkpass new.pkpass --json' },
  ]
  static override args = {
    old: Args.string({ required: true, description: 'The pass that people have.' }),
    new: Args.string({ required: true, description: 'The pass that they would get.' }),
  }
  static override flags = {
    picture: Flags.string({ summary: 'Draw both fronts side by side.', helpValue: 'FILE.png' }),
    locale: Flags.string({ summary: 'Tell this language only; the picture is in it.', helpValue: 'TAG' }),
    trust: Flags.string({
      summary: 'Trust this certificate beside Apple’s. May be repeated.',
      helpValue: 'FILE',
      multiple: true,
      multipleNonGreedy: true,
    }),
  }

  async run(): Promise<object> {
    const { diffPassFiles } = await import('../../app/passes/diff-passes.js')
    const { picture, locale, trust = [] } = this.flags
    const diff = await diffPassFiles({
      before: this.args.old,
      after: this.args.new,
      picture,
      locale,
      trust,
      environment: await this.environment(),
      fetch,
      stdin: this.input,
      openLaunch: () => this.openLaunch(),
    })
    this.print(renderPassDiff(diff))
    if (diff.picture !== null) this.say(`\nPicture: ${diff.picture}`)
    return diff
  }
}
