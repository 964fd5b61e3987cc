import { Help } from '@oclif/core'

/** oclif's help, with a beginning and an end for people who are here for the first time. */
export default class TesseraHelp extends Help {
  protected override async showRootHelp(): Promise<void> {
    await super.showRootHelp()
    this.log(
      this.section('START HERE', [
        ['tessera init my-launch', 'make a launch folder: configuration, a first design, a sample CSV'],
        ['tessera certs dev', 'make test certificates (no Apple account needed)'],
        ['tessera issue members.csv --design bonus --out cards', 'sign a card for every member'],
      ]),
    )
    this.log('')
    this.log(
      this.section('MORE', [
        ['tessera COMMAND --help', 'flags and examples of a command'],
        ['tessera help exit-codes', 'what the exit codes mean'],
        ['tessera help environment', 'the variables that Tessera reads'],
        ['tessera help errors CODE', 'what an error means and what to do'],
        ['tessera autocomplete', 'completion for bash, zsh and PowerShell'],
      ]),
    )
    this.log('')
  }
}
