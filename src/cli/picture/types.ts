/** How a terminal is sent pictures; `blocks` needs nothing but colours. */
export const PICTURE_PROTOCOLS = ['kitty', 'iterm', 'sixel', 'blocks'] as const
export type PictureProtocol = (typeof PICTURE_PROTOCOLS)[number]

/** A picture as the bytes red, green, blue of its pixels, row by row. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly rgb: Uint8Array
}

/** How pictures are drawn on a terminal. */
export interface TerminalPlan {
  readonly protocol: PictureProtocol
  /** Columns of the terminal that a picture takes at most. */
  readonly columns: number
  /** False where only 256 fixed colours are shown; matters for blocks. */
  readonly trueColour: boolean
  /** True inside of tmux, which lets pictures through only when they are wrapped. */
  readonly tmux: boolean
}
