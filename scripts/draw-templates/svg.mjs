// What the drawings of the templates share. Everything is in points, drawn three times: no fonts, no chance, so the
// same drawing always gives the same bytes.

/** One picture: its size in points, the SVG inside, and how many colours its palette has. */
export function picture(width, height, body, colours = 16) {
  return { width, height, body: Array.isArray(body) ? body.join('') : body, colours }
}

export const icon = (...body) => picture(38, 38, body)
export const logo = (...body) => picture(44, 44, body)
/** Of store cards and coupons. The left half stays calm: the most important value of the card is written over it. */
export const strip = (body, colours) => picture(375, 123, body, colours)

export function svg({ width, height, body }, scale) {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width * scale}" height="${height * scale}" ` +
    `viewBox="0 0 ${width} ${height}">${body}</svg>`
  )
}

export function rect(x, y, width, height, fill, { rx = 0, opacity } = {}) {
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="${n(rx)}" fill="${fill}"${faint(opacity)}/>`
}

/** All of a picture in one colour. */
export const ground = (fill) => `<rect width="100%" height="100%" fill="${fill}"/>`

export function disc(x, y, radius, fill, { opacity } = {}) {
  return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(radius)}" fill="${fill}"${faint(opacity)}/>`
}

export function ring(x, y, radius, stroke, width = 1, { opacity } = {}) {
  return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(radius)}" fill="none" stroke="${stroke}" stroke-width="${n(width)}"${faint(opacity)}/>`
}

export function path(d, fill, { opacity, rule } = {}) {
  const evenOdd = rule === undefined ? '' : ` fill-rule="${rule}"`
  return `<path d="${d}" fill="${fill}"${evenOdd}${faint(opacity)}/>`
}

export function stroke(d, colour, width, { opacity, cap = 'round' } = {}) {
  return `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${n(width)}" stroke-linecap="${cap}" stroke-linejoin="round"${faint(opacity)}/>`
}

export function polygon(points, fill, { opacity } = {}) {
  return `<polygon points="${points.map(([x, y]) => `${n(x)},${n(y)}`).join(' ')}" fill="${fill}"${faint(opacity)}/>`
}

export function group(transform, ...body) {
  return `<g transform="${transform}">${body.join('')}</g>`
}

/** The point at an angle in degrees, clockwise from the top. */
export function around(x, y, radius, degrees) {
  const turn = ((degrees - 90) * Math.PI) / 180
  return [x + radius * Math.cos(turn), y + radius * Math.sin(turn)]
}

/** Evenly scattered numbers from 0 to 1 (multiples of irrational numbers), the same ones on every machine. */
export function scatter(column, row) {
  return (column * 0.754877666 + row * 0.569840291 + ((column * 7 + row * 13) % 5) * 0.11) % 1
}

/** A colour between two; a share of 1 is all of the second. */
export function mix(first, second, share) {
  const channel = (hex, at) => Number.parseInt(hex.slice(at, at + 2), 16)
  const mixed = [1, 3, 5].map((at) => {
    const from = channel(first, at)
    return Math.round(from + (channel(second, at) - from) * share)
      .toString(16)
      .padStart(2, '0')
  })
  return `#${mixed.join('')}`
}

function faint(opacity) {
  return opacity === undefined ? '' : ` opacity="${opacity}"`
}

/** Three decimals: what a drawing shows at three pixels a point, and the same text everywhere. */
export function n(value) {
  return String(Math.round(value * 1000) / 1000)
}
