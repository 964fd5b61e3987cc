import { Args, Flags } from '@oclif/core'
import type { CardLinks } from '../../app/card-links.js'
import { TesseraCommand } from '../../cli/base-command.js'
import { renderLinks } from '../../cli/render/links.js'

export default class CardLink extends TesseraCommand<typeof CardLink> {
  static override summary = 'Print the links to the pages of cards, where holders add them to their phones.'
  static override description =
    'A link cannot be guessed and shows no serial. Making one changes nothing: earlier links stay as they are. With --expires the page says from then on that the link is over; the card stays as it is.'

  static override examples = [
    { description: 'One card, to be sent:', command: '<%= config.bin %> card link 1001' },
    { description: 'For a month only:', command: '<%= config.bin %> card link 1001 1002 --expires 30d' },
    {
      description: 'A family on one page, with its QR code:',
      command: '<%= config.bin %> card link 1001 1003 1005 --bundle --qr family.svg',
    },
  ]

  static override strict = false
  static override args = {
    card: Args.string({ required: true, description: 'Serials (or values that name one card).' }),
  }
  static override flags = {
    expires: Flags.string({ summary: 'How long the links work: 30d, 6w, 12m, or a last day.', helpValue: 'WHEN' }),
    bundle: Flags.boolean({ summary: 'One link for all the cards, at most 10.' }),
    qr: Flags.string({ summary: 'Write the QR code of the one link, as .svg or .png.', helpValue: 'FILE' }),
  }

  async run(): Promise<CardLinks> {
    const { linkCards } = await import('../../app/card-links.js')
    const { expires, bundle, qr } = this.flags
    const { cwd } = await this.environment()
    const links = await linkCards(await this.openLaunch(), { cwd, names: this.words, expires, bundle, qr })
    this.print(renderLinks(links))
    if (links.qr !== null) this.say(`The QR code is in ${links.qr}.`)
    return links
  }
}
