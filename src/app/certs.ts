import { readFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { isAppError } from '../kit/errors/index.js'
import type { HealthCheck } from '../kit/health.js'
import type { CheckInput, DesignIdentity } from '../signing/certs/check.js'
import type { DevelopmentSet } from '../signing/certs/dev-set.js'
import type { IdentityPaths, ImportResult } from '../signing/certs/import.js'
import type { CertificateReport } from '../signing/certs/report.js'
import type { RequestResult } from '../signing/certs/request.js'
import type { WwdrResult } from '../signing/certs/wwdr.js'
import type { SecretSource } from './config/schema.js'
import type { Environment } from './environment.js'
import type { Launch } from './launch.js'
import { readSecret } from './secrets.js'

type Launched = Pick<Launch, 'dir' | 'config' | 'env' | 'now' | 'path'>

function targetsOf({ config, path }: Launched): IdentityPaths {
  const { certificate, key, wwdr } = config.apple
  return { certificate: path(certificate), key: path(key), wwdr: path(wwdr) }
}

/** Where a request waits for Apple's answer: beside the key it will become. */
function pendingOf(launch: Launched): { key: string; request: string } {
  const folder = dirname(targetsOf(launch).key)
  return { key: join(folder, 'request.key.pem'), request: join(folder, 'request.certSigningRequest') }
}

/** The passphrase of the launch's key; undefined when tessera.yaml names none. Throws SECRET_UNAVAILABLE. */
async function keyPassphrase(launch: Launched): Promise<string | undefined> {
  const { key, keyPassphrase: source } = launch.config.apple
  return source === undefined ? undefined : readSecret(source, `the passphrase of ${key}`, launch)
}

export interface DevelopmentResult extends DevelopmentSet {
  readonly passTypeIdentifier: string
  readonly teamIdentifier: string
}

/** `certs dev`: test certificates for the pass type of this launch. Throws CERT_EXISTS. */
export async function makeDevelopment(
  launch: Launched,
  { days, force }: { readonly days: number; readonly force: boolean },
): Promise<DevelopmentResult> {
  const { writeDevelopmentSet } = await import('../signing/certs/dev-set.js')
  const { passTypeIdentifier, teamIdentifier } = launch.config.apple
  const subject = { passTypeIdentifier, teamIdentifier, organizationName: launch.config.organization }
  const set = await writeDevelopmentSet({ targets: targetsOf(launch), subject, days, force, now: launch.now() })
  return { passTypeIdentifier, teamIdentifier, ...set }
}

export interface RequestFlags {
  readonly email?: string | undefined
  readonly country?: string | undefined
  readonly force: boolean
}

/** `certs request`: a key and a request for Apple's portal. The key is encrypted when tessera.yaml has keyPassphrase. */
export async function requestCertificate(launch: Launched, flags: RequestFlags): Promise<RequestResult> {
  const { requestCertificate: request } = await import('../signing/certs/request.js')
  const passphrase = await keyPassphrase(launch)
  return request({
    ...pendingOf(launch),
    commonName: launch.config.apple.passTypeIdentifier,
    organization: launch.config.organization,
    ...(flags.email === undefined ? {} : { email: flags.email }),
    ...(flags.country === undefined ? {} : { country: flags.country.toUpperCase() }),
    ...(passphrase === undefined ? {} : { passphrase }),
    force: flags.force,
    now: launch.now(),
  })
}

export interface ImportFlags {
  /** Paths as typed: relative to `environment.cwd`, not to the launch. */
  readonly file: string
  readonly keyFile?: string | undefined
  readonly passphrase?: SecretSource | undefined
  readonly force: boolean
  readonly environment: Environment
  /** Asks for the passphrase of the file; undefined when nobody can be asked. */
  readonly ask?: ((file: string, wrong: boolean) => Promise<string>) | undefined
}

/** `certs import`: brings a certificate and its key into the launch. A passphrase is asked for three times. */
export async function importCertificate(launch: Launched, flags: ImportFlags): Promise<ImportResult> {
  const { importCertificate: bring } = await import('../signing/certs/import.js')
  const typed = (path: string): string => resolve(flags.environment.cwd, path)
  const atRest = await keyPassphrase(launch)
  const attempt = (passphrase: string | undefined): Promise<ImportResult> =>
    bring({
      file: typed(flags.file),
      passphrase,
      keyFile: flags.keyFile === undefined ? undefined : typed(flags.keyFile),
      targets: targetsOf(launch),
      pending: pendingOf(launch),
      keyPassphrase: atRest,
      expected: launch.config.apple,
      force: flags.force,
      now: launch.now(),
    })
  if (flags.passphrase !== undefined) {
    const context = { env: launch.env, dir: flags.environment.cwd, path: typed }
    return attempt(await readSecret(flags.passphrase, `the passphrase of ${flags.file}`, context))
  }
  let passphrase: string | undefined
  for (let asked = 0; ; asked++) {
    try {
      return await attempt(passphrase)
    } catch (error) {
      if (flags.ask === undefined || asked === 3 || !isLocked(error)) throw error
      passphrase = await flags.ask(flags.file, error.code === 'CERT_PASSPHRASE_WRONG')
    }
  }
}

function isLocked(error: unknown): error is { code: string } {
  return isAppError(error) && (error.code === 'CERT_PASSPHRASE_REQUIRED' || error.code === 'CERT_PASSPHRASE_WRONG')
}

export interface WwdrFlags {
  /** As typed, relative to `cwd`. */
  readonly file?: string | undefined
  readonly fingerprint?: string | undefined
  readonly cwd: string
  readonly signal: AbortSignal
}

/** `certs wwdr`: puts the intermediate in place that issued the pass certificate. */
export async function fetchIntermediate(launch: Launched, flags: WwdrFlags): Promise<WwdrResult> {
  const { placeIntermediate } = await import('../signing/certs/wwdr.js')
  const { certificate, wwdr } = targetsOf(launch)
  return placeIntermediate({
    certificate,
    target: wwdr,
    ...(flags.file === undefined ? {} : { file: resolve(flags.cwd, flags.file) }),
    ...(flags.fingerprint === undefined ? {} : { fingerprint: flags.fingerprint }),
    passphrase: await keyPassphrase(launch).catch(() => undefined),
    fetch,
    now: launch.now(),
    signal: flags.signal,
  })
}

/** `certs check`: everything that is known about the certificates of a launch. Never throws for what it finds. */
export async function checkLaunchCertificates(launch: Launched): Promise<CertificateReport> {
  const { checkCertificates } = await import('../signing/certs/check.js')
  return checkCertificates(await checkInput(launch))
}

/** The same checks for `tessera doctor`. */
export async function certificateHealthChecks(launch: Launched): Promise<HealthCheck[]> {
  const { healthChecks } = await import('../signing/certs/health.js')
  return healthChecks(await checkInput(launch))
}

async function checkInput(launch: Launched): Promise<CheckInput> {
  const { dir, config, now } = launch
  return {
    files: targetsOf(launch),
    nameOf: (path) => relative(dir, path),
    expected: config.apple,
    designs: await designIdentities(launch),
    now: now(),
    passphrase: config.apple.keyPassphrase === undefined ? undefined : async () => (await keyPassphrase(launch)) ?? '',
  }
}

/** What the pass.json of each design says of its identity. Designs with mistakes are the business of `design show`. */
async function designIdentities({ path }: Launched): Promise<DesignIdentity[]> {
  const { listDesigns } = await import('../cards/design/load-design.js')
  const designs = await listDesigns(path('designs')).catch(() => [])
  return Promise.all(designs.map(async ({ name, dir }) => ({ name, ...(await identityIn(join(dir, 'pass.json'))) })))
}

async function identityIn(file: string): Promise<Omit<DesignIdentity, 'name'>> {
  try {
    const pass = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>
    const { passTypeIdentifier, teamIdentifier } = pass
    return {
      ...(typeof passTypeIdentifier === 'string' ? { passTypeIdentifier } : {}),
      ...(typeof teamIdentifier === 'string' ? { teamIdentifier } : {}),
    }
  } catch {
    return {}
  }
}
