import type { SigningRule } from './group.js'

const ZIP = 'PKWARE APPNOTE 6.3.10'
const AGAIN = 'tessera card export'

/** Rules of the content of single files. */
export const ARCHIVE_ENTRY_RULES = [
  {
    id: 'archive.entry',
    severity: 'refused',
    title: 'A file of the archive is damaged.',
    reason: 'Phones cannot unpack it and refuse the pass.',
    fix: 'Make the file again, and send it as a file: some messengers and mail gateways change what they carry.',
    source: ZIP,
    example: 'strip.png whose checksum differs',
    command: AGAIN,
  },
  {
    id: 'archive.encrypted',
    severity: 'refused',
    title: 'A file of the archive is encrypted.',
    reason: 'Phones do not ask for passwords of archives; they refuse the pass.',
    fix: 'Pack the files without a password.',
    source: `${ZIP}, 4.4.4`,
    example: 'An archive that was made by `zip -e`',
    command: AGAIN,
  },
  {
    id: 'archive.method',
    severity: 'refused',
    title: 'A file is compressed by a method that phones do not read.',
    reason: 'Phones unpack stored (0) and deflated (8) files and refuse the pass otherwise.',
    fix: 'Pack again with "deflate" or without compression.',
    source: `${ZIP}, 4.4.5`,
    example: 'Method 14 (LZMA) or 93 (Zstandard) of 7-Zip, 9 (Deflate64) of the Windows Explorer',
    command: AGAIN,
  },
  {
    id: 'archive.header-mismatch',
    severity: 'refused',
    title: 'The directory and the header in front of a file disagree.',
    reason:
      'Readers trust one or the other, so that what was signed is not what is shown. Where only flags differ, some refuse it.',
    fix: 'Pack the files again with another program.',
    source: `${ZIP}, 4.3.7 and 4.3.12`,
    example: 'The directory says pass.json, the header pass2.json',
    command: AGAIN,
  },
  {
    id: 'archive.size',
    severity: 'refused',
    title: 'The archive unpacks to more than is sensible for a pass.',
    reason: 'Phones stop unpacking. Small archives that unpack to gigabytes are an attack.',
    fix: 'Use smaller pictures; `tessera design pictures` makes them in the sizes that phones show.',
    source: 'Tessera: 32 MB a file, 128 MB in all',
    example: 'A strip.png of 400 MB',
    command: 'tessera design pictures DESIGN',
  },
  {
    id: 'archive.ratio',
    severity: 'refused-by-some',
    title: 'A file unpacks to hundreds of times its packed size.',
    reason: 'That is how zip bombs look; mail filters and some readers refuse the whole archive.',
    fix: 'Use a smaller picture; `tessera design pictures` makes them in the sizes that phones show.',
    source: 'Tessera: above 8 MB and 200 times the packed size',
    example: 'background.png: 20 MB out of 30 KB',
    command: 'tessera design pictures DESIGN',
  },
  {
    id: 'archive.overlap',
    severity: 'refused',
    title: 'Files of the archive share their bytes.',
    reason: 'No honest program makes such archives; they are how zip bombs stay small. Such files are not unpacked.',
    fix: 'Pack the files again.',
    source: 'D. Fifield, A better zip bomb (2019)',
    example: 'Two entries that begin at the same offset',
    command: AGAIN,
  },
  {
    id: 'archive.gap',
    severity: 'advice',
    title: 'There are bytes in the archive that belong to no file.',
    reason:
      'Phones pass over them. Where they look like a further file, readers that begin at the first byte unpack it, and some refuse the pass.',
    fix: 'Pack the files again into a new archive rather than changing an old one.',
    source: `${ZIP}, 4.3.6`,
    example: 'A file that was deleted from the directory, but not from the archive',
    command: AGAIN,
  },
] as const satisfies readonly SigningRule[]
