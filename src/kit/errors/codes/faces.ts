import { EXIT } from '../../exit-codes.js'
import type { ErrorEntry } from '../entry.js'

/** Errors of `face`: photos and the faces on them. */
export const FACES_ERRORS = {
  PHOTO_NOT_FOUND: {
    exit: EXIT.badInput,
    title: 'There is no such photo.',
    cause: 'The file or folder does not exist, or the folder holds no photo.',
    remedy: 'Check the path. In folders, photos are known by their names: .jpg, .png, .webp, .tif, .gif, .avif, .heic.',
  },
} as const satisfies Record<string, ErrorEntry>
