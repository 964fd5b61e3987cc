import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'

const sheet = join(
  dirname(createRequire(import.meta.url).resolve('@vladmandic/human')),
  '..',
  'assets',
  'screenshot-facematch.jpg',
)

/** Middles of faces on the sheet of faces inside the Human package; the man is on it many times. */
const MAN = [
  [160, 337],
  [374, 338],
  [697, 337],
  [908, 340],
] as const
const OTHERS = [
  [267, 901],
  [909, 678],
  [1333, 561],
  [1232, 679],
] as const

type Place = readonly [x: number, y: number]

/** A face cut from the sheet, three times as large. */
async function face([x, y]: Place): Promise<Buffer> {
  const area = { left: x - 52, top: y - 52, width: 104, height: 104 }
  return sharp(sheet).extract(area).resize(312).jpeg({ quality: 92 }).toBuffer()
}

/** The same face as another photo would show it: darker, softer, smaller, a little turned. */
async function again(bytes: Buffer): Promise<Buffer> {
  return sharp(bytes)
    .rotate(6, { background: '#777' })
    .modulate({ brightness: 0.85 })
    .resize(240)
    .blur(0.8)
    .jpeg({ quality: 80 })
    .toBuffer()
}

/**
 * Writes a folder of people into `dir`: `man` with four photos, `p0` to `p3` with two photos of one face each, named as
 * LFW names them; `few` are two of the man and two of p0. @returns their names
 */
export async function cropPeople(dir: string, few = false): Promise<string[]> {
  const [man, others] = few ? [MAN.slice(0, 2), OTHERS.slice(0, 1)] : [MAN, OTHERS]
  const save = async (person: string, number: number, bytes: Buffer): Promise<void> => {
    await mkdir(join(dir, person), { recursive: true })
    await writeFile(join(dir, person, `${person}_${String(number).padStart(4, '0')}.jpg`), bytes)
  }
  for (const [index, place] of man.entries()) await save('man', index + 1, await face(place))
  for (const [index, place] of others.entries()) {
    const bytes = await face(place)
    await save(`p${index}`, 1, bytes)
    await save(`p${index}`, 2, await again(bytes))
  }
  return ['man', ...others.map((_, index) => `p${index}`)]
}

/** `node crop-people.ts DIR`, for examples of the help. */
const [, script, dir] = process.argv
if (script === fileURLToPath(import.meta.url) && dir !== undefined) await cropPeople(dir, true)
