import { padText, textWidth } from './width.js'

interface LinksView {
  readonly links: readonly { readonly serials: readonly string[]; readonly link: string }[]
}

/** A single link alone, to be copied or piped; several with the serials before them. Links are never cut. */
export function renderLinks({ links }: LinksView): string {
  const [first] = links
  if (first !== undefined && links.length === 1) return first.link
  const names = links.map(({ serials }) => serials.join(', '))
  const width = Math.max(0, ...names.map(textWidth))
  return links.map(({ link }, index) => `${padText(names[index] ?? '', width)}  ${link}`).join('\n')
}
