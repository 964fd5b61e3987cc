import { encodeModules } from './encode-modules.js'
import { gridModules, type Modules } from './modules.js'

/** Modules of white around a QR code (ISO/IEC 18004, 9.1). */
const QUIET = 4

/**
 * A text, an address mostly, as a QR code of its own: black on white, with its quiet zone, at any size sharp.
 *
 * @throws Error for a text that no QR code can hold: more than about 2,300 bytes.
 */
export function qrSvg(text: string): string {
  const modules = qrModules(text)
  const size = modules.width + 2 * QUIET
  const path = gridModules(modules, { x: QUIET, y: QUIET, module: 1, height: modules.rows })
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size * 8}" height="${size * 8}" viewBox="0 0 ${size} ${size}">` +
    `<path fill="#fff" d="M0 0h${size}v${size}H0z"/><path fill="#000" shape-rendering="crispEdges" d="${path}"/></svg>\n`
  )
}

function qrModules(text: string): Modules {
  const modules = encodeModules('PKBarcodeFormatQR', new TextEncoder().encode(text), 1)
  if ('problem' in modules) throw new Error(modules.problem)
  return modules
}
