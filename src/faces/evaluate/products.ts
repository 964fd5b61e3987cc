import { encodeOnnx } from '../convert/onnx-file.js'

/** Vectors of one length, one after another. */
export interface Matrix {
  readonly rows: number
  readonly length: number
  readonly data: Float32Array
}

export function matrixOf(vectors: readonly Float32Array[]): Matrix {
  const length = vectors[0]?.length ?? 0
  const data = new Float32Array(vectors.length * length)
  for (const [row, vector] of vectors.entries()) data.set(vector, row * length)
  return { rows: vectors.length, length, data }
}

/** Dot products of some rows of one matrix with some rows of another: `columns` numbers for each of `rows` rows. */
export interface Tile {
  readonly products: Float32Array
  readonly fromRow: number
  readonly rows: number
  readonly fromColumn: number
  readonly columns: number
}

const TILE_ROWS = 256
const TILE_COLUMNS = 4096
/** Up to so many multiplications a loop is done before onnxruntime is even loaded. */
const SMALL = 2e7

type Multiply = (a: Float32Array, b: Float32Array, length: number) => Promise<Float32Array> | Float32Array

/**
 * The dot products of all rows of `a` with all rows of `b`, tile by tile, at most 4 MB at a time: by onnxruntime's
 * matrix multiplication on all cores, which does 20 thousand million multiplications a second where a loop does one.
 *
 * @param options.triangle - `a` and `b` are one matrix: tiles that lie wholly below the diagonal are left out.
 */
export async function* tilesOf(
  a: Matrix,
  b: Matrix,
  { triangle = false, signal }: { readonly triangle?: boolean; readonly signal?: AbortSignal | undefined } = {},
): AsyncGenerator<Tile> {
  const { multiply, close } = await multiplier(a.rows * b.rows * a.length)
  try {
    for (let fromRow = 0; fromRow < a.rows; fromRow += TILE_ROWS) {
      const rows = Math.min(TILE_ROWS, a.rows - fromRow)
      const left = a.data.subarray(fromRow * a.length, (fromRow + rows) * a.length)
      for (let fromColumn = triangle ? fromRow : 0; fromColumn < b.rows; fromColumn += TILE_COLUMNS) {
        signal?.throwIfAborted()
        const columns = Math.min(TILE_COLUMNS, b.rows - fromColumn)
        const right = b.data.subarray(fromColumn * b.length, (fromColumn + columns) * b.length)
        yield { products: await multiply(left, right, a.length), fromRow, rows, fromColumn, columns }
      }
    }
  } finally {
    await close()
  }
}

export function dotOf(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let index = 0; index < a.length; index++) sum += (a[index] ?? 0) * (b[index] ?? 0)
  return sum
}

async function multiplier(work: number): Promise<{ multiply: Multiply; close(): Promise<void> }> {
  const ort = work > SMALL ? await import('onnxruntime-node').catch(() => undefined) : undefined
  if (ort === undefined) return { multiply: multiplyPlainly, close: async () => undefined }
  const model = encodeOnnx({
    name: 'products',
    inputs: [
      { name: 'a', shape: ['rows', 'length'] },
      { name: 'b', shape: ['columns', 'length'] },
    ],
    outputs: [{ name: 'products', shape: ['rows', 'columns'] }],
    nodes: [{ op: 'Gemm', inputs: ['a', 'b'], outputs: ['products'], attributes: { transB: { int: 1 } } }],
    constants: [],
  })
  const session = await ort.InferenceSession.create(model)
  const tensor = (data: Float32Array, length: number) => new ort.Tensor('float32', data, [data.length / length, length])
  return {
    async multiply(a, b, length) {
      const { products } = await session.run({ a: tensor(a, length), b: tensor(b, length) })
      return products?.data as Float32Array
    },
    close: () => session.release(),
  }
}

function multiplyPlainly(a: Float32Array, b: Float32Array, length: number): Float32Array {
  const [rows, columns] = [a.length / length, b.length / length]
  const products = new Float32Array(rows * columns)
  for (let row = 0; row < rows; row++) {
    const left = a.subarray(row * length, (row + 1) * length)
    for (let column = 0; column < columns; column++)
      products[row * columns + column] = dotOf(left, b.subarray(column * length, (column + 1) * length))
  }
  return products
}
