/**
 * Symbols drawn by the project as SVG path data in a box of 24 x 24, centred, with some air around. Paths only: no
 * fonts are needed to draw them. Holes rely on `fill-rule="evenodd"`.
 */
export const SHAPES = {
  cup: 'M5 5.6h14v2.4H5zM7.5 3h9l1 2h-11zM6.2 9.2h11.6l-1.2 11.8H7.4zM8.2 12.2l.4 4.6h6.8l.4-4.6z',
  star: 'M12 3.1l2.7 5.6 6.2.8-4.5 4.3 1.1 6.1L12 17l-5.5 2.9 1.1-6.1-4.5-4.3 6.2-.8z',
  heart: 'M12 20.2C6.4 16.1 3.3 13 3.3 9.2a4.7 4.7 0 0 1 8.7-2.5 4.7 4.7 0 0 1 8.7 2.5c0 3.8-3.1 6.9-8.7 11z',
  check: 'M9.9 18.3 4 12.4l2.2-2.2 3.7 3.7 8-8L20.1 8z',
  dot: 'M12 7.4a4.6 4.6 0 1 1 0 9.2 4.6 4.6 0 0 1 0-9.2z',
  gift: 'M4 8.2h7.2v3.4H4zM12.8 8.2H20v3.4h-7.2zM5 13h6.2v7.2H5zM12.8 13H19v7.2h-6.2zM11.5 7.3C8.3 7.3 6.7 6.3 6.7 4.9c0-1.1.9-1.9 2-1.9 1.7 0 2.8 1.7 3.3 4.3.5-2.6 1.6-4.3 3.3-4.3 1.1 0 2 .8 2 1.9 0 1.4-1.6 2.4-4.8 2.4zM10.6 6.1c-.4-1.2-1-1.9-1.7-1.9-.4 0-.8.3-.8.7 0 .6.9 1.1 2.5 1.2zM13.4 6.1c1.6-.1 2.5-.6 2.5-1.2 0-.4-.4-.7-.8-.7-.7 0-1.3.7-1.7 1.9z',
} as const

export type ShapeName = keyof typeof SHAPES

export function isShape(name: string): name is ShapeName {
  return Object.hasOwn(SHAPES, name)
}
