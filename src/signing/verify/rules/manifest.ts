import { APPLE_GUIDE, type SigningRule } from './group.js'

const SIGN_AGAIN = 'tessera card export'

const rules = [
  {
    id: 'manifest.missing',
    severity: 'refused',
    title: 'There is no manifest.json.',
    reason: 'It lists the digest of every file; without it nothing can be checked, and phones refuse the pass.',
    fix: 'Make the pass with a tool that writes the manifest.',
    source: APPLE_GUIDE,
    example: 'A folder that was zipped without being signed.',
    command: SIGN_AGAIN,
  },
  {
    id: 'manifest.parse',
    severity: 'refused',
    title: 'manifest.json is not an object of paths and SHA-1 digests.',
    reason: 'Phones cannot compare the files with it and refuse the pass.',
    fix: 'Write one member for every file: its path, and the SHA-1 of its bytes as 40 hex digits.',
    source: APPLE_GUIDE,
    example: '{"icon.png": "sha256:9f86d0…"}',
    command: SIGN_AGAIN,
  },
  {
    id: 'manifest.absent',
    severity: 'refused',
    title: 'A file of the manifest is not in the pass.',
    reason: 'Phones take it for damage in transit and refuse the pass.',
    fix: 'Put the file back, or make the pass again without it.',
    source: APPLE_GUIDE,
    example: 'logo@2x.png is listed, but was removed to save space.',
    command: SIGN_AGAIN,
  },
  {
    id: 'manifest.digest',
    severity: 'refused',
    title: 'A file is not the one that was signed.',
    reason: 'Phones compare the SHA-1 of every file with the manifest, and refuse the pass when one differs.',
    fix: 'Change files before signing, never after.',
    source: APPLE_GUIDE,
    example: 'pass.json was edited in the finished .pkpass.',
    command: SIGN_AGAIN,
  },
  {
    id: 'manifest.unlisted',
    severity: 'refused',
    title: 'A file of the pass is not in the manifest.',
    reason: 'Phones refuse a pass with a file that nobody signed.',
    fix: 'Remove the file, or make the pass again with it.',
    source: APPLE_GUIDE,
    example: '.DS_Store, which the Finder of macOS leaves in folders',
    command: SIGN_AGAIN,
  },
] as const satisfies readonly SigningRule[]

export const MANIFEST_RULES = {
  id: 'manifest',
  title: 'Manifest',
  intro: 'manifest.json lists the SHA-1 digest of every other file of the pass; the signature signs it.',
  rules,
} as const
