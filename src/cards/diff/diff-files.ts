import type { PassFiles } from '../model.js'
import { parsePicturePath, pngSize } from '../pictures/picture-size.js'
import { parseStrings } from '../view/strings-file.js'
import type { ChangeKind, FileFacts, PassChange } from './pass-change.js'

/** What changed in the pictures, the texts of each language and the other files of a pass. */
export function diffFiles(before: PassFiles, after: PassFiles): PassChange[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort()
  return paths.flatMap((path) => {
    const [was, is] = [before.get(path), after.get(path)]
    if (was !== undefined && is !== undefined && Buffer.compare(was, is) === 0) return []
    if (/\.strings$/i.test(path)) return diffStrings(path, was, is)
    return [{ kind: kindOf(path), place: path, ...told('before', was), ...told('after', is) }]
  })
}

function kindOf(path: string): ChangeKind {
  return parsePicturePath(path) === undefined ? 'other' : 'picture'
}

function told(side: 'before' | 'after', bytes: Uint8Array | undefined): { [key in typeof side]?: FileFacts } {
  return bytes === undefined ? {} : { [side]: { bytes: bytes.length, ...pngSize(bytes) } }
}

function diffStrings(path: string, was: Uint8Array | undefined, is: Uint8Array | undefined): PassChange[] {
  const [old, now] = [was, is].map((bytes) => (bytes === undefined ? new Map<string, string>() : parseStrings(bytes)))
  if (old === undefined || now === undefined) return []
  const changes = [...new Set([...old.keys(), ...now.keys()])].flatMap((text): PassChange[] => {
    const [before, after] = [old.get(text), now.get(text)]
    if (before === after) return []
    const sides = { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }
    return [{ kind: 'translation', place: `${path}/${text}`, ...sides }]
  })
  // The same texts, in another encoding or order or with other comments; or a file without any.
  return changes.length > 0 ? changes : [{ kind: 'other', place: path, ...told('before', was), ...told('after', is) }]
}
