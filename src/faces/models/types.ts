import type { Recipe } from './recipe.js'

/** A recognition model that the user added. Structured-clonable: it goes to worker threads. */
export interface OwnModel {
  readonly name: string
  /** `NAME@` and twelve digits of the hash of file and recipe: another recipe makes other vectors. */
  readonly id: string
  /** Absolute path of the `.onnx` file. */
  readonly file: string
  readonly recipe: Recipe
}
