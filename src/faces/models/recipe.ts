import { LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { AppError } from '../../kit/errors/index.js'

const perChannel = z.union([z.number(), z.tuple([z.number(), z.number(), z.number()])])
const point = z.tuple([z.number(), z.number()])

/** How a face is turned into the input of a recognition model, and what comes out. Shapes in pixels. */
export const recipeSchema = z.strictObject({
  input: z.strictObject({
    width: z.int().min(8).max(1024),
    height: z.int().min(8).max(1024),
    layout: z.enum(['nchw', 'nhwc']).default('nchw'),
    channels: z.enum(['rgb', 'bgr']),
    /** Subtracted from values of 0 to 255; one number, or one for each channel in their order. */
    mean: perChannel.default(0),
    /** What is left is multiplied by it. */
    scale: perChannel.default(1),
    /** Name of the input; needed only where the model has several. */
    tensor: z.string().min(1).optional(),
  }),
  output: z.strictObject({
    /** Numbers in a vector. */
    length: z.int().min(2).max(8192),
    tensor: z.string().min(1).optional(),
  }),
  /**
   * Where the face goes. `arcface` and `sface`: the five points to the template of the 112 × 112 picture, scaled to the
   * input's size. `box`: the box made square, with `margin` of its side around it. `points`: a template of one's own, in
   * pixels of the input with (0, 0) the centre of the first: eye on the left, eye, nose, corner of the mouth on the left,
   * corner.
   */
  align: z
    .union([
      z.enum(['arcface', 'sface']),
      z.strictObject({ box: z.strictObject({ margin: z.number().min(-0.4).max(2) }) }),
      z.strictObject({ points: z.tuple([point, point, point, point, point]) }),
    ])
    .default('arcface'),
  /** Averages the vector with that of the mirrored face. */
  mirror: z.boolean().default(false),
  /** What the user noted of the model's licence. */
  license: z.string().max(1000).optional(),
})

export type Recipe = z.infer<typeof recipeSchema>

/**
 * Recipes by name. `arcface`: InsightFace's models as its `ArcFaceONNX` feeds them (R50 and R100 of buffalo_l, antelopev2).
 * `sface`: OpenCV Zoo's, as OpenCV's `FaceRecognizerSF` feeds it.
 */
export const RECIPES: Readonly<Record<'arcface' | 'sface', Recipe>> = {
  arcface: recipeSchema.parse({
    input: { width: 112, height: 112, channels: 'rgb', mean: 127.5, scale: 1 / 127.5 },
    output: { length: 512 },
    align: 'arcface',
  }),
  sface: recipeSchema.parse({
    input: { width: 112, height: 112, channels: 'rgb' },
    output: { length: 128 },
    align: 'sface',
  }),
}

/**
 * A recipe from the text of its YAML file.
 *
 * @param file - For messages.
 * @throws AppError FACE_MODEL_RECIPE, with every problem in `details.problems`
 */
export function parseRecipe(text: string, file: string): Recipe {
  const document = parseDocument(text, { lineCounter: new LineCounter() })
  const [fault] = document.errors
  if (fault !== undefined) {
    const message = fault.message.split('\n')[0]?.replace(/:$/, '')
    throw new AppError('FACE_MODEL_RECIPE', `${file} is no YAML: ${message}`, { cause: fault })
  }
  const read = recipeSchema.safeParse(document.toJS({ maxAliasCount: 10 }))
  if (read.success) return read.data
  const problems = read.error.issues.map(({ path, message }) => `${path.join('.') || 'the recipe'}: ${message}`)
  throw new AppError('FACE_MODEL_RECIPE', `${file}: ${problems.join('; ')}`, { details: { problems } })
}
