import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import sharp from 'sharp'
import { afterAll, expect, test } from 'vitest'
import { createCardPainter } from '../../../src/delivery/pages/card-painter.js'
import { scan } from '../../cards/barcode/scan.js'
import { tempDir } from '../../support/temp-dir.js'
import { NOW, SampleCards } from './page-server.js'

const temp = await tempDir('painter')
const cards = new SampleCards(temp)
const painter = createCardPainter({ now: () => NOW })
afterAll(() => painter.close())

test('draws a front that can be scanned, with nothing around it, and leaves other work its time', async () => {
  const card = (await cards.byId(await cards.add({ kind: 'event' })))!
  const contents = await cards.contents(card)
  await painter.draw(contents, 'en')
  let turns = 0
  const clock = setInterval(() => turns++, 5)
  const png = await painter.draw(contents, 'ru')
  clearInterval(clock)
  expect(turns).toBeGreaterThan(3)
  const picture = sharp(png)
  expect(await picture.metadata()).toMatchObject({ format: 'png', width: 750, height: 1050, hasAlpha: true })
  const { data } = await picture
    .ensureAlpha()
    .extract({ left: 0, top: 0, width: 1, height: 1 })
    .raw()
    .toBuffer({ resolveWithObject: true })
  expect(data[3]).toBe(0)
  const [code] = await scan(await sharp(png).flatten({ background: '#fff' }).png().toBuffer())
  expect(code?.text).toBe((contents.passJson.barcodes as { message: string }[])[0]?.message)
})

test('a closed painter draws no more', async () => {
  const own = createCardPainter({ now: () => NOW })
  await own.close()
  await expect(own.draw({ passJson: {}, files: new Map() }, 'en')).rejects.toThrow('closed')
})

test('a thread that cannot start is told, and the next picture has a new one', async () => {
  const file = join(temp, 'worker.mjs')
  await writeFile(file, 'throw new Error("no paint")')
  const own = createCardPainter({ now: () => NOW, module: pathToFileURL(file) })
  const empty = { passJson: {}, files: new Map() }
  await expect(own.draw(empty, 'en')).rejects.toMatchObject({ code: 'WORKER_FAILED' })
  await writeFile(
    file,
    `import { parentPort } from 'node:worker_threads'
    parentPort.on('message', ({ id, end }) => (end ? parentPort.close() : parentPort.postMessage({ id, result: new Uint8Array(3) })))`,
  )
  expect(await own.draw(empty, 'en')).toHaveLength(3)
  await own.close()
})
