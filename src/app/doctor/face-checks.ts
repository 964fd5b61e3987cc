import type { HealthCheck } from '../../kit/health.js'
import type { Environment } from '../environment.js'

/** Which back ends for faces can be used. Only the default one must; the others are a choice. */
export function faceChecks({ cwd }: Environment): HealthCheck[] {
  let states: ReturnType<typeof load> | undefined
  const load = async () => (await import('../../faces/backends/states.js')).backendStates(cwd)
  const check = (backend: 'onnx' | 'wasm' | 'tensorflow'): HealthCheck => ({
    id: `faces.${backend}`,
    title: `Faces: ${backend}`,
    async run() {
      states ??= load()
      const state = (await states).find((entry) => entry.backend === backend)
      if (state === undefined) throw new Error(`nothing is known of the back end ${backend}`)
      const { usable, detail, remedy } = state
      if (usable) return { status: 'ok', detail }
      const optional = backend === 'tensorflow'
      if (optional) return { status: 'skipped', detail: `${detail}; optional: ${remedy}` }
      return { status: 'warning', detail, ...(remedy === undefined ? {} : { remedy }) }
    },
  })
  return [check('onnx'), check('wasm'), check('tensorflow')]
}
