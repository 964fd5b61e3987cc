import { stat } from 'node:fs/promises'
import { isAppError } from '../../kit/errors/index.js'
import type { HealthCheck, HealthResult } from '../../kit/health.js'
import type { Launch } from '../launch.js'

/** The checks of the rooms on one launch. The list grows with the rooms. */
export async function launchChecks(launch: Launch): Promise<readonly HealthCheck[]> {
  const [store, certs] = await Promise.all([import('../../store/health.js'), import('../certs.js')])
  return [
    { id: 'launch.config', title: 'Configuration', run: async () => checkConfig(launch) },
    ...((await hasStore(launch)) ? store.storeChecks(() => launch.store()) : [noStoreYet]),
    ...(await certs.certificateHealthChecks(launch)),
    ...(await designChecks(launch)),
  ]
}

function checkConfig({ config, dir }: Launch): HealthResult {
  return { status: 'ok', detail: `${config.organization}, ${config.apple.passTypeIdentifier}, in ${dir}` }
}

const noStoreYet: HealthCheck = {
  id: 'store.integrity',
  title: 'Store',
  run: async () => ({ status: 'skipped', detail: 'no card was recorded yet' }),
}

/** Opening a store makes the file; a check must not. */
async function hasStore({ config, path }: Launch): Promise<boolean> {
  const file = path(config.store.replace(/^sqlite:/, ''))
  return (await stat(file).catch(() => undefined)) !== undefined
}

async function designChecks(launch: Launch): Promise<HealthCheck[]> {
  const { listDesigns } = await import('../../cards/design/load-design.js')
  const designs = await listDesigns(launch.path('designs'))
  if (designs.length === 0) return [noDesigns]
  return designs.map(({ name }) => ({
    id: `designs.${name}`,
    title: `Design ${name}`,
    run: () => checkDesign(launch, name),
  }))
}

async function checkDesign(launch: Launch, name: string): Promise<HealthResult> {
  try {
    const { fields, style } = await launch.design(name)
    return { status: 'ok', detail: `${style}, fed by ${fields.map(({ key }) => key).join(', ') || 'no column'}` }
  } catch (error) {
    return failureOf(error)
  }
}

const noDesigns: HealthCheck = {
  id: 'designs',
  title: 'Designs',
  run: async () => ({
    status: 'warning',
    detail: 'there is no design yet',
    remedy: 'Make one: tessera design new bonus --kind bonus',
  }),
}

/** An error the user can act on, as a result. Throws what is a bug. */
export function failureOf(error: unknown): HealthResult {
  if (!isAppError(error)) throw error
  const remedy = error.hints.at(-1)
  return { status: 'failed', detail: error.message, ...(remedy === undefined ? {} : { remedy }) }
}
