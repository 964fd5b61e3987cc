import { basename } from 'node:path'
import { readInput } from '../../cards/pass/read-input.js'
import { passLanguages } from '../../cards/view/languages.js'
import { openPasses } from '../open-passes.js'
import type { PreviewSource } from './preview-source.js'

/** A .pkpass from anywhere, read as leniently as `design import` does. Nothing of it is verified here. */
export function passSource(file: string): PreviewSource {
  return {
    name: basename(file).replace(/\.pkpass$/i, ''),
    place: file,
    watched: { folders: [], files: [file] },
    async load() {
      const { passes, notes } = await openPasses(file)
      const [{ files }] = passes
      const { json, mended } = readInput(passes[0])
      const locale = passLanguages(files)[0] ?? 'en'
      const pass = { bundle: { passJson: json, files } }
      return { files, locale, warnings: [...notes, ...mended], pass: async () => pass }
    },
  }
}
