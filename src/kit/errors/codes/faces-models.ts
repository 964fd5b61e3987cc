import { EXIT } from '../../exit-codes.js'
import type { ErrorEntry } from '../entry.js'

/** Errors of what runs the networks for faces, and of recognition models that users add. */
export const FACES_MODELS_ERRORS = {
  FACE_BACKEND_UNAVAILABLE: {
    exit: EXIT.environment,
    title: 'A back end for faces cannot be used on this computer.',
    cause: 'Its library is not installed, or was made for another system or another version of Node.',
    remedy: 'See what is usable with `tessera doctor`, and choose that with --backend; onnx needs no installation.',
  },
  FACE_NETWORKS_UNREADABLE: {
    exit: EXIT.environment,
    title: 'A network for faces cannot be read.',
    cause: 'The files of the package @vladmandic/human are missing or damaged, or are of a version not known here.',
    remedy: 'Install Tessera again with npm, then run the command again.',
  },
  FACE_MODEL_NOT_FOUND: {
    exit: EXIT.badInput,
    title: 'There is no such recognition model.',
    cause: 'No model of that name or id was added to this launch or for this user.',
    remedy:
      'List them with `tessera face models list`, or add one: `tessera face models add FILE.onnx --recipe arcface`.',
  },
  FACE_MODEL_EXISTS: {
    exit: EXIT.badInput,
    title: 'A recognition model of that name is already there.',
    cause: 'A model is never overwritten: vectors that were made with it could not be compared any more.',
    remedy: 'Choose another name with --name, or remove the other with `tessera face models remove NAME`.',
  },
  FACE_MODEL_NAME: {
    exit: EXIT.usage,
    title: 'The name does not serve as the name of a recognition model.',
    cause:
      'The name becomes a folder name: letters, digits, "-", "_" and ".", at most 64, beginning with a letter or digit.',
    remedy: 'Choose a name such as r50 or sface-2021 with --name.',
  },
  FACE_MODEL_RECIPE: {
    exit: EXIT.badInput,
    title: 'The recipe of a recognition model has a mistake in it.',
    cause: 'A key is missing, unknown or has a value that cannot be; or the file is no YAML.',
    remedy: 'Correct the file at the place that the message names, or begin with --recipe arcface or --recipe sface.',
  },
  FACE_MODEL_INVALID: {
    exit: EXIT.badInput,
    title: 'The file does not work as a recognition model with this recipe.',
    cause:
      'It is no ONNX file that onnxruntime can run, or takes or gives something else than the recipe says: it was run once on a plain picture.',
    remedy: 'Check the size, layout, length and names of inputs and outputs in the recipe against the model.',
  },
  FACE_MODEL_DAMAGED: {
    exit: EXIT.environment,
    title: 'A recognition model is not what was added.',
    cause: 'A file in its folder is missing, or has changed since the model was added.',
    remedy: 'Remove it with `tessera face models remove NAME --yes` and add it again.',
  },
  FACE_MODELS_DIFFER: {
    exit: EXIT.badInput,
    title: 'Vectors of different recognition models cannot be compared.',
    cause: 'Each model has its own space: a similarity of vectors from two of them means nothing.',
    remedy: 'Make all vectors with the same model: give the same --model, or detect the photos again.',
  },
} as const satisfies Record<string, ErrorEntry>
