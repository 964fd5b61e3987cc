import { readFile } from 'node:fs/promises'
import { execa } from 'execa'
import { AppError } from '../kit/errors/index.js'
import type { SecretSource } from './config/schema.js'
import type { Environment } from './environment.js'

export interface SecretContext {
  readonly env: Environment['env']
  /** Folder that relative paths and the command start from. */
  readonly dir: string
  /** Resolves a path as the launch does. */
  path(...parts: string[]): string
}

/**
 * Fetches a secret from its file, variable or command. Nothing of it ever reaches a log or an error.
 * `what` names the secret in an error: "the passphrase of certs/pass.key.pem". Throws SECRET_UNAVAILABLE.
 */
export async function readSecret(source: SecretSource, what: string, context: SecretContext): Promise<string> {
  const secret = await fetchSecret(source, what, context)
  if (secret === '') throw new AppError('SECRET_UNAVAILABLE', `${what} is empty (${describe(source)}).`)
  return secret
}

async function fetchSecret(source: SecretSource, what: string, context: SecretContext): Promise<string> {
  if ('env' in source) {
    const value = context.env[source.env]
    if (value === undefined) throw unavailable(what, source)
    return value
  }
  try {
    if ('file' in source) return firstLine(await readFile(context.path(source.file), 'utf8'))
    const { stdout } = await execa(source.command, { shell: true, cwd: context.dir, timeout: 30_000, stderr: 'ignore' })
    return firstLine(stdout)
  } catch {
    // The cause is dropped on purpose: execa's error carries the output of the command.
    throw unavailable(what, source)
  }
}

function unavailable(what: string, source: SecretSource): AppError {
  return new AppError('SECRET_UNAVAILABLE', `${what} cannot be had: ${describe(source)} gives nothing.`)
}

function describe(source: SecretSource): string {
  if ('env' in source) return `the environment variable ${source.env}`
  if ('file' in source) return `the file ${source.file}`
  return 'the command in tessera.yaml'
}

function firstLine(text: string): string {
  return text.split(/\r?\n/, 1)[0] ?? ''
}
