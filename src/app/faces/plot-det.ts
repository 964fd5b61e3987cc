import { type DetCurve, detSvg } from '../../faces/evaluate/plot/det-svg.js'
import { plotPng } from '../../faces/evaluate/plot/plot-png.js'
import { writeWholeFile } from '../../jobs/whole-file.js'
import type { Measured } from './evaluate.js'
import { outlinedText } from './plot-text.js'

/** Writes the DET curves of pairs as SVG or PNG, by the file's ending. @throws AppError OUTPUT_UNWRITABLE, DISK_FULL */
export async function drawDet(
  file: string,
  { listed, all }: Extract<Measured, { kind: 'pairs' }>,
  model: string,
): Promise<void> {
  const curves: DetCurve[] = []
  if (all !== null) curves.push({ label: `${model}, all pairs`, points: all.det, impostorPairs: all.impostor.pairs })
  if (listed !== null)
    curves.push({ label: `${model}, listed pairs`, points: listed.det, impostorPairs: listed.impostor.pairs })
  const measure = all ?? listed
  const count = (value = 0): string => value.toLocaleString('en')
  const title = `${count(measure?.photos)} photos of ${count(measure?.people)} people`
  if (/\.svg$/i.test(file)) await writeWholeFile(file, Buffer.from(detSvg(curves, { title })))
  else await writeWholeFile(file, await plotPng(detSvg(curves, { title, drawText: await outlinedText() })))
}
