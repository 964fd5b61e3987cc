import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { type DevelopmentCertificates, makeDevelopmentCertificates } from '../../../src/signing/certs/dev-authority.js'
import { writePem } from '../../../src/signing/certs/pem.js'
import { privateKeyPem } from '../../../src/signing/certs/private-key.js'

export const SUBJECT = {
  passTypeIdentifier: 'pass.com.example.bonus',
  teamIdentifier: 'A1B2C3D4E5',
  organizationName: 'Nordlicht Coffee',
}

export interface TemporaryFolder {
  readonly dir: string
  path(name: string): string
  remove(): Promise<void>
}

export async function temporaryFolder(): Promise<TemporaryFolder> {
  const dir = await mkdtemp(join(tmpdir(), 'tessera-certs-'))
  return { dir, path: (name) => join(dir, name), remove: () => rm(dir, { recursive: true, force: true }) }
}

/** Certificates as a launch has them: pass.pem, pass.key.pem, wwdr.pem, and root.pem for openssl. */
export async function writeSet(
  folder: TemporaryFolder,
  { days = 365, subject = SUBJECT, now = new Date() }: { days?: number; subject?: typeof SUBJECT; now?: Date } = {},
): Promise<{ made: DevelopmentCertificates; files: { certificate: string; key: string; wwdr: string } }> {
  const made = await makeDevelopmentCertificates(subject, { now, days })
  const files = {
    certificate: folder.path('pass.pem'),
    key: folder.path('pass.key.pem'),
    wwdr: folder.path('wwdr.pem'),
  }
  await writeFile(files.certificate, writePem('CERTIFICATE', made.leaf))
  await writeFile(files.key, privateKeyPem(made.key, undefined), { mode: 0o600 })
  await writeFile(files.wwdr, writePem('CERTIFICATE', made.intermediate))
  await writeFile(folder.path('root.pem'), writePem('CERTIFICATE', made.root))
  return { made, files }
}

export async function openssl(args: readonly string[], input?: string): Promise<string> {
  const { stdout } = await execa('openssl', args, input === undefined ? {} : { input })
  return stdout
}

/** Whether this openssl still has RC2, single DES and friends (the legacy provider is a package of its own). */
export async function hasLegacyProvider(): Promise<boolean> {
  const { exitCode } = await execa('openssl', ['list', '-providers', '-provider', 'legacy'], { reject: false })
  return exitCode === 0
}
