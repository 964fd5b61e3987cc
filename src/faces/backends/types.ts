/** The five networks of Human that the engine runs, and what a back end must do to run them. */

export const BACKENDS = ['onnx', 'wasm', 'tensorflow'] as const
export type BackendName = (typeof BACKENDS)[number]

export interface NetworkInfo {
  /** Name of the model's files in the Human package: `FILE.json`, `FILE.bin`. */
  readonly file: string
  /** Side of the square input, in pixels. */
  readonly side: number
  /** Names of outputs in the model -> names that the engine uses. */
  readonly outputs: Readonly<Record<string, string>>
}

/**
 * Inputs: floats, channels last, RGB unless said otherwise.
 * - detector: BlazeFace (back camera), -1 to 1. Boxes [512|384, 16]: centre, size, six points; scores [512|384, 1] before the sigmoid.
 * - mesh: MediaPipe face mesh, 0 to 1. 468 points × (x, y, z) in pixels of the input; whether it is a face, 0 to 1.
 * - recogniser: HSE's age, gender and identity MobileNet. Its authors feed it BGR 0 to 255 minus ImageNet's means.
 *   1024 features (≥ 0, not normalised), 100 classes of age (softmax), male (sigmoid).
 * - antispoof: 0 to 1 in; real, 0 to 1.   - liveness: 0 to 1 in; [live, not live], 0 to 1.
 */
export const NETWORKS = {
  detector: {
    file: 'blazeface',
    side: 256,
    outputs: { Identity: 'scores512', Identity_2: 'boxes512', Identity_1: 'scores384', Identity_3: 'boxes384' },
  },
  mesh: { file: 'facemesh', side: 192, outputs: { Identity_2: 'points', Identity_1: 'face' } },
  recogniser: {
    file: 'faceres',
    side: 224,
    outputs: { 'global_pooling/Mean': 'features', 'age_pred/Softmax': 'age', 'gender_pred/Sigmoid': 'male' },
  },
  antispoof: { file: 'antispoof', side: 128, outputs: { Identity: 'real' } },
  liveness: { file: 'liveness', side: 32, outputs: { Identity: 'live' } },
} as const satisfies Readonly<Record<string, NetworkInfo>>

export type NetworkName = keyof typeof NETWORKS
type Outputs = { readonly [Name in NetworkName]: (typeof NETWORKS)[Name]['outputs'] }
type ValueOf<T> = Extract<T[keyof T], string>
export type OutputsOf<Name extends NetworkName> = ValueOf<Outputs[Name]>

export interface Network<Output extends string = string> {
  /**
   * @param input - `batch` × side × side × 3 floats. May be used again once the promise is settled.
   * @returns the outputs, each with its `batch` results one after another; the caller's to keep.
   */
  run(input: Float32Array, batch: number): Promise<Readonly<Record<Output, Float32Array>>>
}

/** One back end, started. Not for several threads: each worker opens its own. */
export interface Networks {
  readonly backend: BackendName
  /** Loaded when first asked for. */
  open<Name extends NetworkName>(name: Name): Promise<Network<OutputsOf<Name>>>
  close(): Promise<void>
}
