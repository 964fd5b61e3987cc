import { stat } from 'node:fs/promises'
import { relative } from 'node:path'
import { isAppError } from '../../kit/errors/index.js'
import type { HealthCheck, HealthResult } from '../../kit/health.js'
import type { CheckInput } from '../../signing/certs/check.js'
import type { Launch } from '../launch.js'

/** The checks of the rooms on one launch. The list grows with the rooms. */
export async function launchChecks(launch: Launch): Promise<readonly HealthCheck[]> {
  const [store, certs] = await Promise.all([import('../../store/health.js'), import('../../signing/certs/health.js')])
  return [
    { id: 'launch.config', title: 'Configuration', run: async () => checkConfig(launch) },
    ...((await hasStore(launch)) ? store.storeChecks(() => launch.store()) : [noStoreYet]),
    ...certs.healthChecks(await certificateInput(launch)),
    ...(await designChecks(launch)),
  ]
}

function checkConfig({ config, dir }: Launch): HealthResult {
  return { status: 'ok', detail: `${config.organization}, ${config.apple.passTypeIdentifier}, in ${dir}` }
}

async function certificateInput(launch: Launch): Promise<CheckInput> {
  const { dir, path, env } = launch
  const { passTypeIdentifier, teamIdentifier, certificate, key, wwdr, keyPassphrase } = launch.config.apple
  return {
    files: { certificate: path(certificate), key: path(key), wwdr: path(wwdr) },
    nameOf: (file) => relative(dir, file),
    expected: { passTypeIdentifier, teamIdentifier },
    designs: [],
    now: launch.now(),
    passphrase:
      keyPassphrase === undefined
        ? undefined
        : async () => {
            const { readSecret } = await import('../secrets.js')
            return readSecret(keyPassphrase, `the passphrase of ${key}`, { env, dir, path })
          },
  }
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
