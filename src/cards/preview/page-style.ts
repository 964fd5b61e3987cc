/** Colours of the page, light and dark; `color-scheme` makes the browser's own parts follow. */
const LIGHT =
  'color-scheme:light;--page:#f2f2f7;--panel:#fff;--text:#1c1c1e;--soft:#6a6a70;--line:#d8d8de;--accent:#0066cc;' +
  '--wall:#f2f2f7;--case:#1c1c1e;--pick:#fff'
const DARK =
  'color-scheme:dark;--page:#000;--panel:#1c1c1e;--text:#f2f2f7;--soft:#a0a0a8;--line:#3a3a3c;--accent:#4da3ff;' +
  '--wall:#000;--case:#48484a;--pick:#55555a'

const DARK_BACK = '.back-light{display:none}.back-dark{display:block}'

/**
 * The style sheet of a preview page with that many cards. Which card is shown and which appearance has been chosen is
 * read from the radio buttons, so the page needs no script.
 */
export function pageStyle(cards: number): string {
  const panels = Array.from({ length: cards }, (_, index) => `body:has(#card-${index}:checked) #panel-${index}`)
  return `
:root{${LIGHT}}
@media (prefers-color-scheme:dark){:root:not(:has(#light:checked)){${DARK}}
:root:not(:has(#light:checked)){${nested(DARK_BACK)}}}
:root:has(#dark:checked){${DARK}}
:root:has(#dark:checked){${nested(DARK_BACK)}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:15px/1.5 -apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,"Noto Sans",sans-serif}
header{display:flex;flex-wrap:wrap;gap:12px 32px;align-items:center;justify-content:space-between;max-width:1320px;margin:0 auto;padding:28px 24px 8px}
h1{font-size:24px;line-height:1.25;font-weight:650;letter-spacing:-.01em;margin:0;overflow-wrap:anywhere}
h2{font-size:17px;font-weight:600;margin:0 0 8px}
.hidden{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap;border:0;padding:0}
fieldset{border:0;margin:0;padding:0;min-width:0}
.switch{position:relative;display:inline-flex;flex-wrap:wrap;gap:2px;padding:2px;border-radius:10px;background:color-mix(in srgb,var(--soft) 18%,transparent)}
.switch label{padding:5px 14px;border-radius:8px;cursor:pointer;color:var(--text);font-size:14px;font-weight:500}
.switch input:checked+label{background:var(--pick);box-shadow:0 1px 3px rgb(0 0 0/.18)}
.switch input:focus-visible+label{outline:2px solid var(--accent);outline-offset:1px}
main{max-width:1320px;margin:0 auto;padding:16px 24px 64px}
.panel{display:none}
${panels.length === 0 ? '' : `${panels.join(',')}{display:block}`}
.sides{display:flex;flex-wrap:wrap;gap:32px;align-items:flex-start;margin:20px 0 32px}
figure{margin:0;max-width:100%}
figcaption{margin:0 0 10px;color:var(--soft);font-size:13px;font-weight:500}
.phone{width:413px;max-width:100%;padding:44px 14px 30px;border:5px solid var(--case);border-radius:52px;background:var(--wall);position:relative}
.phone::before{content:"";position:absolute;top:13px;left:50%;width:92px;height:20px;margin-left:-46px;border-radius:10px;background:var(--case)}
.phone::after{content:"";position:absolute;bottom:10px;left:50%;width:120px;height:4px;margin-left:-60px;border-radius:2px;background:var(--soft);opacity:.6}
svg{display:block;max-width:100%;height:auto}
.back-dark{display:none}
.notes,details{background:var(--panel);border:1px solid var(--line);border-radius:12px;padding:14px 18px;margin:0 0 20px}
.notes ul{margin:0;padding-left:20px}
summary{cursor:pointer;font-weight:600}
summary:focus-visible{outline:2px solid var(--accent);outline-offset:4px;border-radius:4px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin-top:12px;font-size:14px}
th,td{text-align:start;vertical-align:top;padding:7px 16px 7px 0;border-top:1px solid var(--line)}
thead th{border:0;color:var(--soft);font-weight:500}
tbody th{font-weight:500;color:var(--soft);white-space:nowrap}
td{white-space:pre-wrap;overflow-wrap:anywhere;min-width:8em}
@media print{header fieldset,details,.switch{display:none}.panel{display:block}}
@media (prefers-reduced-motion:no-preference){.switch label{transition:background .15s}}
`
}

/** Rules for the inside of another rule. */
function nested(rules: string): string {
  return rules.replaceAll('.back', '& .back')
}
