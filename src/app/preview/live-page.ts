import { createHash } from 'node:crypto'
import type { BuildFailure } from './build-failure.js'

/**
 * The strictest policy that the pages work under: the one script that follows changes, by its hash, styles and pictures
 * inside of the page. Nothing else is run, loaded, sent or embedded, whatever a pass from elsewhere has in its texts.
 */
export function contentPolicy(script: string): string {
  return [
    "default-src 'none'",
    `script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`,
    "style-src 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/**
 * Loads the page again when another version than its own is there. What is chosen on the page and how far it is scrolled
 * is kept: who looks at one thing edits it many times.
 */
export function followScript(version: string): string {
  return `(() => {
  const shown = ${JSON.stringify(version)}
  const inputs = () => [...document.querySelectorAll('input, select')]
  const remember = () => {
    const state = inputs().map((input) => (input.type === 'radio' || input.type === 'checkbox' ? input.checked : input.value))
    sessionStorage.setItem('tessera', JSON.stringify({ state, hash: location.hash, y: scrollY }))
  }
  const recall = () => {
    const text = sessionStorage.getItem('tessera')
    sessionStorage.removeItem('tessera')
    if (text === null) return
    const { state, y } = JSON.parse(text)
    const all = inputs()
    if (all.length === state.length) {
      all.forEach((input, index) => {
        const choice = input.type === 'radio' || input.type === 'checkbox'
        if ((choice ? input.checked : input.value) === state[index]) return
        if (choice) input.checked = state[index]
        else input.value = state[index]
        if (!choice || input.checked) input.dispatchEvent(new Event('change', { bubbles: true }))
      })
    }
    scrollTo(0, y)
  }
  try { recall() } catch {}
  const events = new EventSource('/events')
  events.addEventListener('version', ({ data }) => {
    if (data === shown) return
    try { remember() } catch {}
    location.reload()
  })
  const note = document.createElement('div')
  note.textContent = 'The preview has ended. Start it again, and this page goes on.'
  note.style.cssText = 'position:fixed;left:50%;bottom:20px;transform:translateX(-50%);z-index:9;padding:10px 18px;border-radius:99px;background:#1d1d1f;color:#fff;font:500 14px system-ui,sans-serif;box-shadow:0 4px 20px #0004'
  events.addEventListener('error', () => document.body.append(note))
  events.addEventListener('open', () => note.remove())
})()`
}

/** What is shown while the design has a mistake. */
export function errorPage(failure: BuildFailure, script: string): string {
  const { code, message, hints, file, excerpt, line, column } = failure
  const [first = '', ...rest] = message.split('\n')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Mistake in the design</title>
<link rel="icon" href="data:,">
<style>
:root { color-scheme: light dark; --ink: #1d1d1f; --soft: #6e6e73; --page: #f5f5f7; --card: #fff; --mark: #d70015; --row: #d700150f }
@media (prefers-color-scheme: dark) { :root { --ink: #f5f5f7; --soft: #98989d; --page: #161617; --card: #232325; --mark: #ff6961; --row: #ff69611f } }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
main { box-sizing: border-box; width: min(860px, 100vw - 32px); margin: 32px 0; padding: 32px 36px; border-radius: 20px; background: linear-gradient(var(--mark) 5px, var(--card) 5px); box-shadow: 0 1px 40px #0001 }
h1 { margin: 0 0 8px; font-size: 22px; line-height: 1.3; overflow-wrap: anywhere }
p { margin: 8px 0; overflow-wrap: anywhere; white-space: pre-wrap }
.file, .wait { color: var(--soft); font-size: 14px }
pre { margin: 20px -36px; padding: 12px 0; background: #8881; font: 14px/1.6 ui-monospace, Menlo, Consolas, monospace; overflow-x: auto; tab-size: 4 }
.line { display: block; padding: 0 36px; min-width: max-content }
.line i { display: inline-block; width: 3em; margin-right: 1.2em; text-align: right; color: var(--soft); font-style: normal; user-select: none }
.bad { background: var(--row) }
.bad mark { background: none; color: inherit; border-bottom: 2px solid var(--mark) }
</style>
</head>
<body>
<main>
<h1>${escapeHtml(first)}</h1>
${rest.map((text) => `<p>${escapeHtml(text)}</p>`).join('\n')}
${file === undefined ? '' : `<p class="file">${escapeHtml(place({ file, line, column }))}</p>`}
${excerpt === undefined ? '' : `<pre>${excerptHtml(excerpt, line, column)}</pre>`}
${hints.map((hint) => `<p>${escapeHtml(hint)}</p>`).join('\n')}
<p class="wait">${code === 'BUG' ? '' : `${escapeHtml(code)} · `}This page goes on by itself as soon as the file is mended.</p>
</main>
<script>${script}</script>
</body>
</html>`
}

function place({ file, line, column }: { file: string; line: number | undefined; column: number | undefined }): string {
  return [file, line, column].filter((part) => part !== undefined).join(':')
}

function excerptHtml(
  { first, lines }: NonNullable<BuildFailure['excerpt']>,
  line: number | undefined,
  column: number | undefined,
): string {
  return lines
    .map((text, index) => {
      const number = first + index
      if (number !== line) return `<span class="line"><i>${number}</i>${escapeHtml(text)}</span>`
      const at = (column ?? 1) - 1
      // The end of a line has no character to mark.
      const marked = text.slice(at, at + 1) || ' '
      const shown = `${escapeHtml(text.slice(0, at))}<mark>${escapeHtml(marked)}</mark>${escapeHtml(text.slice(at + 1))}`
      return `<span class="line bad"><i>${number}</i>${shown}</span>`
    })
    .join('')
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
