// Time and memory of a preview. The named peer: headless Chromium taking a screenshot of the page with the same two
// sides, as most tools make such pictures. The limits: a bare `node -e 0`, and sharp alone turning the finished SVG into
// the PNG. Whole processes are run in turn in each round; ratios are taken within the round. Warm figures (what a
// designer waits for with --watch) come from one process.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { designBundle, UNSIGNED } from '../dist/cards/design/design-bundle.js'
import { loadDesign } from '../dist/cards/design/load-design.js'
import { sampleCard } from '../dist/cards/design/sample-card.js'
import { loadFonts } from '../dist/cards/fonts/fonts.js'
import { drawLayout } from '../dist/cards/preview/draw-layout.js'
import { layoutBack } from '../dist/cards/preview/layout-back.js'
import { layoutFront } from '../dist/cards/preview/layout-front.js'
import { previewImage } from '../dist/cards/preview/preview-image.js'
import { viewPass } from '../dist/cards/view/view-pass.js'
import { bin, machine, makeLaunch, median, options, spread } from './lib.mjs'

const { rounds, warm } = options({ rounds: 9, warm: 30 })
const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
)
const launch = makeLaunch()
const page = launch.path('bonus.html')
const png = launch.path('bonus.png')

/** Runs a program under GNU time: seconds, and the most memory of any one of its processes in MB. */
function run(program, args) {
  const begun = performance.now()
  const child = spawnSync('/usr/bin/time', ['-f', '%M', program, ...args], { cwd: launch.dir, encoding: 'utf8' })
  if (child.status !== 0) throw new Error(`${program} ${args.join(' ')}: ${child.stderr}`)
  const kilobytes = Number(child.stderr.trim().split('\n').at(-1))
  return { milliseconds: performance.now() - begun, megabytes: kilobytes / 1024 }
}

const shot = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--force-device-scale-factor=2']
const cases = {
  'node -e 0': [process.execPath, ['-e', '0']],
  'tessera design preview': [process.execPath, [bin, 'design', 'preview', 'bonus', '--out', png]],
  ...(CHROMIUM && {
    'chromium --screenshot': [
      CHROMIUM,
      [...shot, '--window-size=900,1200', `--screenshot=${launch.path('chromium.png')}`, `file://${page}`],
    ],
  }),
}

/** Milliseconds of each warm preview, and of sharp on the same SVG, in turn. */
async function warmTimes(dir) {
  const fonts = await loadFonts()
  const times = { all: [], drawn: [], limit: [] }
  for (let round = 0; round < warm + 3; round++) {
    const begun = performance.now()
    const design = await loadDesign(dir)
    const card = sampleCard(design, { locale: 'en', cells: { balance: String(1000 + round) } })
    const bundle = await designBundle(design, card, {
      identity: UNSIGNED,
      currency: 'EUR',
      cacheDir: launch.path('cache'),
    })
    const view = viewPass(bundle, { locale: 'en', now: Date.now() })
    const sides = [layoutFront(view, { fonts }), layoutBack(view, { fonts, appearance: 'light' })]
    const drawn = performance.now()
    await previewImage(
      sides.map((layout) => ({ layout, pictures: view.pictures })),
      { appearance: 'light' },
    )
    const ended = performance.now()
    const svgs = await Promise.all(sides.map((layout) => drawLayout(layout, { fonts, pictures: view.pictures })))
    const limit = performance.now()
    for (const svg of svgs)
      await sharp(Buffer.from(svg), { density: 144 }).removeAlpha().png({ compressionLevel: 6 }).toBuffer()
    if (round < 3) continue
    times.all.push(ended - begun)
    times.drawn.push(drawn - begun)
    times.limit.push(performance.now() - limit)
  }
  return times
}

try {
  run(process.execPath, [bin, 'design', 'preview', 'bonus', '--out', page])
  const seen = Object.fromEntries(Object.keys(cases).map((name) => [name, []]))
  for (let round = 0; round <= rounds; round++) {
    // The first round fills the caches.
    for (const [name, [program, args]] of Object.entries(cases)) {
      const measured = run(program, args)
      if (round > 0) seen[name].push(measured)
    }
  }
  console.log(`${machine()}; ${rounds} rounds, median (least to most)`)
  const ours = seen['tessera design preview']
  for (const [name, runs] of Object.entries(seen)) {
    const ratio = median(runs.map(({ milliseconds }, round) => milliseconds / ours[round].milliseconds)).toFixed(2)
    const time = spread(
      runs.map(({ milliseconds }) => milliseconds),
      0,
    )
    const memory = spread(
      runs.map(({ megabytes }) => megabytes),
      0,
    )
    console.log(`${name.padEnd(24)} ${time.padEnd(22)} ms  ${ratio.padStart(5)} x ours   largest process ${memory} MB`)
  }
  if (!CHROMIUM) console.log('Chromium is not installed, so the peer was not measured.')
  const times = await warmTimes(launch.path('designs', 'bonus.pkpasstemplate'))
  const share = median(times.all.map((value, round) => value / times.limit[round])).toFixed(2)
  console.log(`warm, front and back     ${spread(times.all, 0)} ms, ${share} x sharp alone on the same drawing`)
  console.log(`  reading and laying out ${spread(times.drawn, 1)} ms`)
  const { width, height } = await sharp(readFileSync(png)).metadata()
  console.log(
    `picture ${width} x ${height}; peak of this process ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`,
  )
} finally {
  launch.remove()
}
