/**
 * The style sheet of all pages. Colours are variables that each page sets from its card (page-colours.ts). Lengths are
 * in rem, so that everything grows with the letters that the holder has chosen.
 */
export const PAGE_STYLE = `*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;min-height:100vh;min-height:100svh;display:flex;flex-direction:column;background:var(--page);color:var(--text);font:1.0625rem/1.5 -apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;-webkit-font-smoothing:antialiased;padding:env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left)}
main{flex:1 0 auto;width:100%;max-width:30rem;margin:0 auto;padding:2rem 1.25rem 1.5rem}
h1,h2,p,ul,figure{margin:0;padding:0}
h1{font-size:1.75rem;line-height:1.2;font-weight:700;letter-spacing:-.015em;text-wrap:balance;overflow-wrap:anywhere;hyphens:auto}
h1.long{font-size:1.375rem}
h2{font-size:1.125rem;line-height:1.3;font-weight:600}
.intro{text-align:center;margin-bottom:1.5rem}
.lead{margin-top:.375rem;color:var(--soft);text-wrap:balance;overflow-wrap:anywhere}
a{color:var(--accent);text-underline-offset:.18em;text-decoration-thickness:.06em}
a:focus-visible,summary:focus-visible{outline:3px solid var(--accent);outline-offset:3px;border-radius:.5rem}
.unseen{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.sign{flex:none}

.card img{display:block;width:100%;max-width:19rem;height:auto;aspect-ratio:5/7;margin:0 auto;filter:drop-shadow(0 .125rem .25rem rgb(0 0 0/.12)) drop-shadow(0 .75rem 1.25rem rgb(0 0 0/.14));color:var(--soft);font-size:.9375rem;overflow-wrap:anywhere}
.cards{list-style:none;display:flex;flex-wrap:wrap;justify-content:center;gap:1.75rem 1.25rem}
.cards li{flex:0 1 calc(50% - .625rem);min-width:min(100%,8.5rem)}
.cards img{max-width:100%}
figcaption{margin-top:.875rem;display:flex;flex-direction:column;gap:.25rem;text-align:center;font-size:.9375rem;line-height:1.4}
figcaption strong{font-weight:600;overflow-wrap:anywhere}
.only{display:inline-flex;align-items:center;justify-content:center;min-height:2.75rem;text-wrap:balance}
.state{color:var(--soft);padding:.5rem 0}

.ways{position:relative;margin-top:2rem;display:flex;flex-direction:column;gap:1rem}
.action+.action{margin-top:.75rem}
.button{display:flex;align-items:center;justify-content:center;gap:.75rem;width:100%;min-height:3.5rem;padding:.75rem 1.25rem;border-radius:.875rem;border:1px solid transparent;background:var(--accent);color:var(--onAccent);font-size:1.125rem;line-height:1.3;font-weight:600;text-align:center;text-decoration:none}
.button span{min-width:0;overflow-wrap:anywhere;text-wrap:balance}
.button small{display:block;font-size:.875rem;font-weight:400}
.button.black{background:#000;color:#fff;border-color:#000}
.button:hover{filter:brightness(1.12)}
.button:active{transform:scale(.985)}
.button:focus-visible{border-radius:.875rem}
.badge{display:block;text-align:center}
.badge img{display:inline-block;height:3.5rem;max-width:100%;vertical-align:top}
.hint{margin-top:.75rem;color:var(--soft);font-size:1rem;text-wrap:pretty}
.way.apple>.hint,.way.android>.hint{text-align:center;text-wrap:balance}
.ways+.cards{margin-top:2rem}
.warning{margin-bottom:1rem;padding:.875rem 1rem;border-radius:.875rem;background:var(--panel);border:.125rem solid var(--accent);text-wrap:pretty}
.readers{list-style:none;margin-top:.875rem;border:1px solid var(--line);border-radius:.875rem;background:var(--panel);overflow:clip}
.readers li+li{border-top:1px solid var(--line)}
.readers a{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:0 1rem;min-height:3rem;padding:.5rem 1.125rem;text-decoration:none;font-weight:500}
.readers small{color:var(--soft);font-size:.875rem;font-weight:400}
.readers a:hover span{text-decoration:underline}
.readers a:focus-visible{outline-offset:-3px;border-radius:.875rem}

.folds{border:1px solid var(--line);border-radius:.875rem;background:var(--panel);overflow:clip}
.folds details+details{border-top:1px solid var(--line)}
summary{display:flex;align-items:center;justify-content:space-between;gap:1rem;min-height:3.25rem;padding:.75rem 1.125rem;font-weight:500;cursor:pointer;list-style:none}
summary::-webkit-details-marker{display:none}
summary::after{content:"";flex:none;width:.5rem;height:.5rem;margin-right:.125rem;border:solid var(--soft);border-width:0 .125rem .125rem 0;transform:rotate(45deg) translate(-.125rem,-.125rem)}
details[open]>summary::after{transform:rotate(-135deg) translate(-.125rem,-.125rem)}
summary:focus-visible{outline-offset:-3px;border-radius:.875rem}
details>div{padding:.25rem 1.125rem 1.25rem}
details>div>.hint:first-child{margin-top:0}

.qr{display:block;width:100%;max-width:14.5rem;height:auto;aspect-ratio:1;margin:0 auto;border-radius:.75rem;background:#fff}
details .qr{margin-top:.5rem}
.scan .hint{margin-top:1rem}
.address{margin-top:.875rem;font-size:.9375rem;line-height:1.45;color:var(--soft)}
.address span{display:block}
.address a{overflow-wrap:anywhere;display:inline-block;padding:.25rem 0}
.file{margin-top:.25rem}
.file a{display:inline-flex;align-items:center;gap:.5rem;min-height:2.75rem;font-weight:500}

.way:is(section).scan{padding:1.375rem 1.5rem 1rem;border-radius:1.125rem;background:var(--panel);border:1px solid var(--line)}
.way:is(section).scan>h2{font-size:1.25rem;margin-bottom:1.125rem}
@media screen and (min-width:28rem){
section .scan{display:grid;grid-template-columns:11.5rem minmax(0,1fr);column-gap:1.5rem;align-items:center}
section .scan>div{grid-column:1/-1;margin-top:.5rem}
section .scan .hint{margin-top:0;font-size:1.0625rem}
.qr{border:1px solid var(--line)}
}

.notice{padding:1.25rem;border-radius:.875rem;background:var(--panel);border:1px solid var(--line);text-align:center}
.notice p{margin-top:.5rem;color:var(--soft);text-wrap:pretty}
footer{max-width:30rem;margin:0 auto;padding:.5rem 1.25rem 2rem;text-align:center;color:var(--soft);font-size:.875rem;text-wrap:balance}
.problem{display:flex;flex-direction:column;justify-content:center;text-align:center;max-width:34rem}
.problem .organization{color:var(--soft);font-weight:600;margin-bottom:1rem;overflow-wrap:anywhere}
.problem .lead{margin-top:.75rem}

@media(prefers-color-scheme:dark){.button.black{border-color:#85858c}.card img{filter:drop-shadow(0 1rem 2rem rgb(0 0 0/.5))}}
@media screen and (min-width:52rem){
main.one{display:grid;grid-template-columns:minmax(0,22rem) minmax(0,26rem);grid-template-rows:auto 1fr;justify-content:center;align-content:center;column-gap:4.5rem;max-width:64rem;padding:2rem}
main.one .card{grid-row:1/3;align-self:center}
main.one .card img{max-width:22rem}
main.one .intro{text-align:left;margin-bottom:0;align-self:end}
main.one .ways{margin-top:1.5rem}
main.many{max-width:60rem}
main.many .cards{gap:2.25rem}
.cards li{flex:0 0 13rem}
main.many .ways{max-width:30rem;margin-inline:auto}
h1{font-size:2.25rem}
h1.long{font-size:1.625rem}
footer{max-width:44rem}
.one .notice,.one .way.apple>.hint,.one .way.android>.hint{text-align:left}
}
@media(prefers-reduced-motion:no-preference){.button{transition:filter .15s,transform .1s}}
@media(forced-colors:active){.button,.badge{border:1px solid LinkText}}
@media print{html:root{color-scheme:light;--page:#fff;--panel:#fff;--text:#000;--soft:#333;--line:#999;--accent:#000}body{min-height:0;font-size:11pt}main{display:block;padding:0}.card img{max-width:7cm;filter:none}.action,.readers,.file,.only,.warning,.way.android,.way.apple,footer{display:none}details::details-content{content-visibility:visible;block-size:auto;opacity:1}summary::after{content:none}.folds,.way:is(section).scan{border:0}.scan .hint{display:none}.way.scan>h2,.folds summary{display:none}.qr{max-width:5cm;margin:0 auto}.address{text-align:center}.cards{grid-template-columns:repeat(3,1fr)}.card,.way{break-inside:avoid}}
`
