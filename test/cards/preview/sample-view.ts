import sharp from 'sharp'
import type { FieldGroup } from '../../../src/cards/styles.js'
import type { PassView, ViewField, ViewPicture } from '../../../src/cards/view/types.js'

/** A field by hand: group and place are put in by {@link sampleView}. */
export type SampleField = Partial<ViewField> & { readonly label: string; readonly text: string }

export interface Sample extends Partial<Omit<PassView, 'groups'>> {
  readonly groups?: Partial<Record<FieldGroup, readonly SampleField[]>>
}

/** A pass to look at; everything can be replaced. */
export function sampleView({ groups = {}, ...rest }: Sample): PassView {
  const style = rest.style ?? 'storeCard'
  const group = (name: FieldGroup): ViewField[] =>
    (groups[name] ?? []).map((field, index) => ({
      key: `${name}${index}`,
      value: field.text,
      alignment: 'natural',
      row: 0,
      path: `${style}/${name}/${index}`,
      ...field,
    }))
  return {
    style,
    locale: 'en',
    organizationName: 'Corner Coffee',
    description: 'Bonus card',
    colours: {
      background: [18, 41, 74],
      foreground: [255, 255, 255],
      label: [143, 214, 197],
      given: { background: true, foreground: true, label: true },
    },
    barcodes: [],
    pictures: new Map(),
    voided: false,
    nfc: false,
    ...rest,
    groups: {
      headerFields: group('headerFields'),
      primaryFields: group('primaryFields'),
      secondaryFields: group('secondaryFields'),
      auxiliaryFields: group('auxiliaryFields'),
      footerFields: group('footerFields'),
      backFields: group('backFields'),
      additionalInfoFields: group('additionalInfoFields'),
    },
  }
}

/** A picture of one colour, or of an SVG drawing. */
export async function samplePicture(
  width: number,
  height: number,
  drawing: string | { readonly colour: string },
  scale = 2,
): Promise<ViewPicture> {
  const inner = typeof drawing === 'string' ? drawing : `<rect width="100%" height="100%" fill="${drawing.colour}"/>`
  const size = `width="${width * scale}" height="${height * scale}" viewBox="0 0 ${width} ${height}"`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${inner}</svg>`
  return { file: 'picture.png', bytes: await sharp(Buffer.from(svg)).png().toBuffer(), scale }
}

export const QR = {
  format: 'PKBarcodeFormatQR',
  message: '7012000345678',
  messageEncoding: 'iso-8859-1',
  altText: '7012 0003 4567 8',
} as const

const STRIP =
  '<defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="#1d5c63"/><stop offset="1" stop-color="#0f2747"/></linearGradient></defs>' +
  '<rect width="375" height="144" fill="url(#g)"/><circle cx="320" cy="40" r="90" fill="#fff" opacity=".08"/><circle cx="270" cy="130" r="60" fill="#fff" opacity=".08"/>'
const LOGO =
  '<circle cx="20" cy="20" r="18" fill="#8fd6c5"/><path d="M12 20h16M20 12v16" stroke="#12294a" stroke-width="4"/>'
const FACE =
  '<rect width="90" height="90" fill="#e9c46a"/><circle cx="45" cy="36" r="18" fill="#fff"/><path d="M12 90a33 33 0 0 1 66 0z" fill="#fff"/>'
const POSTER =
  '<defs><radialGradient id="p"><stop stop-color="#ffb703"/><stop offset="1" stop-color="#7b2cbf"/></radialGradient></defs>' +
  '<rect width="375" height="525" fill="url(#p)"/><circle cx="190" cy="220" r="110" fill="#fff" opacity=".25"/><circle cx="190" cy="220" r="60" fill="#fff" opacity=".35"/>'

/** Pictures of all kinds, drawn here. */
export async function samplePictures(...names: readonly string[]): Promise<Map<string, ViewPicture>> {
  const drawn: Record<string, () => Promise<ViewPicture>> = {
    icon: () => samplePicture(38, 38, LOGO.replace('<circle', '<rect width="40" height="40" fill="#12294a"/><circle')),
    logo: () => samplePicture(40, 40, LOGO),
    primaryLogo: () => samplePicture(126, 30, '<rect y="4" width="110" height="22" rx="11" fill="#fff"/>'),
    secondaryLogo: () => samplePicture(135, 12, '<rect width="135" height="12" rx="6" fill="#fff" opacity=".7"/>'),
    strip: () => samplePicture(375, 144, STRIP),
    thumbnail: () => samplePicture(90, 90, FACE),
    background: () => samplePicture(375, 525, POSTER),
    artwork: () => samplePicture(375, 525, POSTER),
    footer: () => samplePicture(286, 15, { colour: '#ffd166' }),
  }
  const entries = names.map(async (name) => [name, await drawn[name]!()] as const)
  return new Map(await Promise.all(entries))
}
