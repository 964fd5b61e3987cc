import type { SigningRule } from './group.js'

const ZIP = 'PKWARE APPNOTE 6.3'

const rules = [
  {
    id: 'archive.unreadable',
    severity: 'refused',
    title: 'The file is no zip archive that can be opened.',
    reason: 'Phones say that the pass cannot be read, or download the file without opening it.',
    fix: 'Make the file again, and send it as a file: some messengers and mail gateways change what they carry.',
    source: `${ZIP}; passkit-generator issues 207 and 250`,
    example: 'An HTML page of an error that was saved as card.pkpass.',
    command: 'tessera card export',
  },
  {
    id: 'archive.name',
    severity: 'refused',
    title: 'A name in the archive is not allowed.',
    reason: 'Names that lead out of the pass, are absolute, empty, or have control characters are refused.',
    fix: 'Pack the files again with plain names below one folder, such as en.lproj/pass.strings.',
    source: `${ZIP}, 4.4.17`,
    example: '../../Library/Preferences/x.plist',
    command: 'tessera card export',
  },
  {
    id: 'archive.name-twice',
    severity: 'refused',
    title: 'Two files of the archive have the same name.',
    reason: 'Readers disagree on which one counts, so that what was signed is not what is shown.',
    fix: 'Pack the files again, each once.',
    source: ZIP,
    example: 'pass.json, pass.json',
    command: 'tessera card export',
  },
  {
    id: 'archive.entry',
    severity: 'refused',
    title: 'A file of the archive is damaged.',
    reason: 'Phones cannot unpack it and refuse the pass.',
    fix: 'Make the file again, and send it as a file: some messengers and mail gateways change what they carry.',
    source: ZIP,
    example: 'strip.png whose checksum differs',
    command: 'tessera card export',
  },
  {
    id: 'archive.size',
    severity: 'refused',
    title: 'The archive unpacks to more than is sensible for a pass.',
    reason: 'Phones stop unpacking. Small archives that unpack to gigabytes are an attack.',
    fix: 'Use smaller pictures; `tessera design pictures` makes them in the sizes that phones show.',
    source: 'Tessera: 2,000 files, 32 MB a file, 128 MB in all',
    example: 'A strip.png of 400 MB',
    command: 'tessera design pictures DESIGN',
  },
  {
    id: 'archive.overlap',
    severity: 'refused',
    title: 'Files of the archive share their bytes.',
    reason: 'No honest program makes such archives; they are how zip bombs stay small.',
    fix: 'Pack the files again.',
    source: ZIP,
    example: 'Two entries that begin at the same offset',
    command: 'tessera card export',
  },
] as const satisfies readonly SigningRule[]

export const ARCHIVE_RULES = {
  id: 'archive',
  title: 'Archive',
  intro: 'A pass is a zip archive with its files at the top. What cannot be unpacked is never looked at.',
  rules,
} as const
