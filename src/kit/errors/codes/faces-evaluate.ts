import { EXIT } from '../../exit-codes.js'
import type { ErrorEntry } from '../entry.js'

/** Errors of measuring the face engine. */
export const FACES_EVALUATE_ERRORS = {
  FACES_PAIRS_UNREADABLE: {
    exit: EXIT.badInput,
    title: 'The file of pairs cannot be read.',
    cause: 'It is not in the format of LFW’s pairs.txt, or names photos that are not in the folder of --images.',
    remedy:
      'First line: folds and pairs per kind, such as 10 300. Then for each fold lines NAME N M of one person and NAME N NAME M of two, apart by tabs.',
  },
  FACES_FOLDER_UNREADABLE: {
    exit: EXIT.badInput,
    title: 'The folder of labelled photos cannot be used.',
    cause:
      'It is not there, or it does not hold what is measured: a folder of photos per person, or labelled file names.',
    remedy: 'Put the photos of each person into a folder with the person’s name.',
  },
  FACES_TOO_FEW: {
    exit: EXIT.badInput,
    title: 'There are too few photos with faces to measure anything.',
    cause: 'Rates need pairs of one person and pairs of two people, with faces that were found.',
    remedy: 'Give several photos of several people.',
  },
  FACES_CALIBRATION_UNREADABLE: {
    exit: EXIT.environment,
    title: 'A calibration of scores cannot be read.',
    cause: 'The file was changed by hand, or written by a newer version.',
    remedy: 'Remove the file and run `tessera face calibrate` again.',
  },
} as const satisfies Record<string, ErrorEntry>
