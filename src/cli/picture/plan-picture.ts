import type { PictureProtocol, TerminalPlan } from './types.js'

type Variables = Readonly<Record<string, string | undefined>>

export interface PlanOptions {
  readonly env: Variables
  readonly protocol: PictureProtocol | 'auto'
  /** Columns of the terminal; undefined where that is not known. */
  readonly columns: number | undefined
}

/** Blocks are coarse and want room; a real picture of more columns would only be higher than the screen. */
const MOST_COLUMNS = { blocks: 120, picture: 72 } as const

/** Decides how to draw by what terminals say of themselves in the environment. */
export function planPicture({ env, protocol, columns = 80 }: PlanOptions): TerminalPlan {
  const chosen = protocol === 'auto' ? protocolOf(env) : protocol
  return {
    protocol: chosen,
    columns: Math.max(20, Math.min(columns, MOST_COLUMNS[chosen === 'blocks' ? 'blocks' : 'picture'])),
    trueColour: /^(?:truecolor|24bit)$/i.test(env.COLORTERM ?? '') || speaksTrueColour(env),
    tmux: isSet(env.TMUX) && (chosen === 'kitty' || chosen === 'iterm'),
  }
}

function protocolOf(env: Variables): PictureProtocol {
  const { TERM = '', TERM_PROGRAM = '', LC_TERMINAL = '' } = env
  // GNU screen lets nothing through.
  if (isSet(env.STY)) return 'blocks'
  if (isSet(env.KITTY_WINDOW_ID) || /kitty|ghostty/i.test(TERM) || /^ghostty$/i.test(TERM_PROGRAM)) return 'kitty'
  if (/^(?:iTerm\.app|WezTerm|vscode|mintty|rio)$/i.test(TERM_PROGRAM) || /^(?:iTerm2|WezTerm)$/i.test(LC_TERMINAL))
    return 'iterm'
  // tmux names itself in TERM_PROGRAM; what is around it is known by variables that it hands on.
  if (isSet(env.TMUX)) return isSet(env.ITERM_SESSION_ID) || isSet(env.WEZTERM_PANE) ? 'iterm' : 'blocks'
  if (/^(?:foot|mlterm|yaft|contour)|sixel/i.test(TERM) || Number(env.KONSOLE_VERSION ?? 0) >= 220400) return 'sixel'
  return 'blocks'
}

/** Terminals that show all colours without saying so, Windows Terminal for one. */
function speaksTrueColour(env: Variables): boolean {
  return isSet(env.WT_SESSION) || /-(?:direct|truecolor)$|kitty|ghostty|^foot|alacritty/.test(env.TERM ?? '')
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== ''
}
