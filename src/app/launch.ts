import { mkdir, stat } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { AppError } from '../kit/errors/index.js'
import type { SigningIdentity } from '../signing/identity.js'
import { CONFIG_FILE, loadConfig, type Origin } from './config/load-config.js'
import type { LaunchConfig } from './config/schema.js'
import type { Environment } from './environment.js'

type Store = Awaited<ReturnType<typeof import('../store/index.js').openStore>>
type Design = Awaited<ReturnType<typeof import('../cards/design/load-design.js').loadDesign>>

/** A launch folder, opened: its configuration and, on demand, its store, certificates and designs. */
export interface Launch {
  /** Absolute path of the folder that holds tessera.yaml. */
  readonly dir: string
  readonly config: LaunchConfig
  /** Dotted path of a configuration value -> where it comes from. */
  readonly origins: ReadonlyMap<string, Origin>
  readonly env: Environment['env']
  now(): Date
  /** Who is working here, for the record of changes. */
  readonly actor: string
  /** A path relative to the launch, made absolute. */
  path(...parts: string[]): string
  /** Opened once, on first use; closed by `close`. */
  store(): Promise<Store>
  /** The signing identity of tessera.yaml, loaded and checked once. */
  identity(): Promise<SigningIdentity>
  /** `designs/NAME.pkpasstemplate`, loaded. */
  design(name: string): Promise<Design>
  close(): Promise<void>
}

export interface OpenLaunchOptions {
  /** Value of --launch; when undefined the folder is found by walking up from `environment.cwd`. */
  readonly dir?: string | undefined
  readonly environment: Environment
}

/** Finds and opens a launch. Throws LAUNCH_NOT_FOUND, CONFIG_UNREADABLE or CONFIG_INVALID. */
export async function openLaunch({ dir, environment }: OpenLaunchOptions): Promise<Launch> {
  const found = await findLaunch(dir, environment.cwd)
  const { config, origins } = await loadConfig(found, environment.env)
  return createLaunch(found, { config, origins, environment })
}

/** The folder of the launch that `explicit` names or that `cwd` lies in. Throws LAUNCH_NOT_FOUND. */
export async function findLaunch(explicit: string | undefined, cwd: string): Promise<string> {
  if (explicit !== undefined) {
    const dir = resolve(cwd, explicit)
    if (await isFile(join(dir, CONFIG_FILE))) return dir
    throw new AppError('LAUNCH_NOT_FOUND', `${dir} holds no ${CONFIG_FILE}.`)
  }
  for (let dir = resolve(cwd); ; dir = dirname(dir)) {
    if (await isFile(join(dir, CONFIG_FILE))) return dir
    if (dirname(dir) === dir) break
  }
  throw new AppError('LAUNCH_NOT_FOUND', `There is no ${CONFIG_FILE} in ${resolve(cwd)} or in a folder above it.`)
}

interface LaunchParts {
  readonly config: LaunchConfig
  readonly origins: ReadonlyMap<string, Origin>
  readonly environment: Environment
}

function createLaunch(dir: string, { config, origins, environment }: LaunchParts): Launch {
  const path = (...parts: string[]): string => resolve(dir, ...parts)
  let store: Promise<Store> | undefined
  let identity: Promise<SigningIdentity> | undefined
  return {
    dir,
    config,
    origins,
    env: environment.env,
    now: environment.now,
    actor: actorOf(environment),
    path,
    store() {
      store ??= openLaunchStore(path(config.store.replace(/^sqlite:/, '')))
      return store
    },
    identity() {
      identity ??= loadLaunchIdentity({ dir, config, env: environment.env, path, now: environment.now })
      return identity
    },
    async design(name) {
      const { loadDesign } = await import('../cards/design/load-design.js')
      return loadDesign(path('designs', `${plainDesignName(name)}.pkpasstemplate`))
    },
    async close() {
      const opened = store
      store = undefined
      // A store that could not be opened was reported by whoever asked for it.
      await (await opened?.catch(() => undefined))?.close()
    },
  }
}

async function openLaunchStore(file: string): Promise<Store> {
  await mkdir(dirname(file), { recursive: true }).catch((cause: unknown) => {
    throw new AppError('STORE_UNAVAILABLE', `The folder ${dirname(file)} of the store cannot be made.`, { cause })
  })
  const { openStore } = await import('../store/index.js')
  return openStore({ dialect: 'sqlite', file })
}

/** A path that the shell completed names the design too: `designs/bonus.pkpasstemplate/` is `bonus`. */
function plainDesignName(name: string): string {
  return name
    .replace(/[\\/]+$/, '')
    .replace(/^(\.[\\/])?designs[\\/]/, '')
    .replace(/\.pkpasstemplate$/, '')
}

/** TESSERA_ACTOR, or the name that the operating system has for the user. */
function actorOf({ env }: Environment): string {
  if (env.TESSERA_ACTOR) return env.TESSERA_ACTOR
  try {
    return userInfo().username
  } catch {
    // A container may run as a user without a name.
    return 'unknown'
  }
}

type IdentityContext = Pick<Launch, 'dir' | 'config' | 'env' | 'path' | 'now'>

async function loadLaunchIdentity({ dir, config, env, path, now }: IdentityContext): Promise<SigningIdentity> {
  const { certificate, key, wwdr, keyPassphrase } = config.apple
  const { loadIdentity } = await import('../signing/certs/load-identity.js')
  const paths = { certificate: path(certificate), key: path(key), wwdr: path(wwdr) }
  const at = { now: now().getTime() }
  if (keyPassphrase === undefined) return loadIdentity(paths, at)
  const { readSecret } = await import('./secrets.js')
  const passphrase = await readSecret(keyPassphrase, `the passphrase of ${key}`, { env, dir, path })
  return loadIdentity({ ...paths, passphrase }, at)
}

async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return found?.isFile() ?? false
}
