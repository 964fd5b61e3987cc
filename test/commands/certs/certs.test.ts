import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import CertsCheck from '../../../src/commands/certs/check.js'
import CertsDev from '../../../src/commands/certs/dev.js'
import CertsImport from '../../../src/commands/certs/import.js'
import CertsRequest from '../../../src/commands/certs/request.js'
import CertsWwdr from '../../../src/commands/certs/wwdr.js'
import { openssl, type TemporaryFolder, temporaryFolder, writeSet } from '../../signing/certs/material.js'
import { type CommandRun, runCommand } from '../../support/run-command.js'

const CONFIG = `version: 1
organization: Nordlicht Coffee
apple: { passTypeIdentifier: pass.com.example.bonus, teamIdentifier: A1B2C3D4E5 }
`

describe('certs', () => {
  let folder: TemporaryFolder
  const run = (command: unknown, ...argv: string[]): Promise<CommandRun> =>
    runCommand(command, argv, {
      cwd: folder.dir,
      env: { CI: undefined, P12: 'from the variable', TESSERA_LAUNCH: undefined },
    })

  beforeEach(async () => {
    folder = await temporaryFolder()
    await writeFile(folder.path('tessera.yaml'), CONFIG)
  })
  afterEach(() => folder.remove())

  test('dev makes a set that check accepts, says that phones refuse it, and changes nothing the second time', async () => {
    const made = await run(CertsDev)
    expect(made.exitCode).toBe(0)
    expect(made.stdout).toContain('Phones refuse cards signed with them')
    expect(made.stdout).toMatch(/certificate +certs\/pass\.pem/)
    expect(made.stdout).toMatch(/valid until +\d{4}-\d\d-\d\d \(36[45] days\)/)
    expect((await stat(folder.path('certs/pass.key.pem'))).mode & 0o777).toBe(0o600)
    const file = (name: string) => folder.path(`certs/${name}`)
    const chain = ['-CAfile', file('dev-root.pem'), '-untrusted', file('wwdr.pem'), file('pass.pem')]
    expect(await openssl(['verify', ...chain])).toMatch(/: OK$/)
    const before = await readFile(file('pass.pem'), 'utf8')
    const again = await run(CertsDev, '--json')
    expect(again.json()).toMatchObject({ created: false, passTypeIdentifier: 'pass.com.example.bonus', backups: [] })
    expect(await readFile(file('pass.pem'), 'utf8')).toBe(before)
    const check = await run(CertsCheck)
    expect(check.exitCode).toBe(0)
    expect(check.stdout).toContain('issued by    tessera certs dev, for tests')
    const forced = await run(CertsDev, '--force', '--days', '30', '--json')
    expect(forced.json()).toMatchObject({ created: true, backups: [] })
    expect((await run(CertsCheck)).stdout).toMatch(
      /! Validity +The pass certificate expires on .*, in (29|30) days\.\n +tessera certs dev/,
    )
  })

  test('dev makes a new set when tessera.yaml names another pass type', async () => {
    await run(CertsDev)
    await writeFile(folder.path('tessera.yaml'), CONFIG.replace('example.bonus', 'example.stamps'))
    const check = await run(CertsCheck)
    expect(check.exitCode).toBe(4)
    expect(check.stdout).toContain('tessera.yaml says pass.com.example.stamps')
    expect((await run(CertsDev, '--json')).json()).toMatchObject({ created: true })
    expect((await run(CertsCheck)).exitCode).toBe(0)
  })

  test('dev does not replace a key or certificate that is not its own without --force, and then keeps it', async () => {
    await run(CertsDev)
    await openssl(['genrsa', '-out', folder.path('certs/pass.key.pem'), '2048'])
    const key = await readFile(folder.path('certs/pass.key.pem'), 'utf8')
    const refused = await run(CertsDev, '--json')
    expect(refused.exitCode).toBe(9)
    expect(refused.json()).toMatchObject({
      error: { code: 'CERT_EXISTS', message: expect.stringContaining('a private key') },
    })
    const forced = await run(CertsDev, '--force', '--json')
    const [backup] = forced.json<{ backups: string[] }>().backups
    expect(backup).toMatch(/certs\/pass\.\d{4}-\d\d-\d\d\.key\.pem$/)
    expect(await readFile(backup!, 'utf8')).toBe(key)
  })

  test('request says what to do at Apple; import of a .p12 takes the passphrase from a variable', async () => {
    const request = await run(CertsRequest, '--email', 'wallet@example.com', '--country', 'de')
    expect(request.exitCode).toBe(0)
    expect(request.stdout).toMatch(/request +certs\/request\.certSigningRequest/)
    expect(request.stderr).toContain('tessera certs import pass.cer')
    const csr = await openssl([
      'req',
      '-in',
      folder.path('certs/request.certSigningRequest'),
      '-noout',
      '-subject',
      '-verify',
    ])
    expect(csr).toContain('C = DE')

    const other = await temporaryFolder()
    const { files } = await writeSet(other)
    const p12 = folder.path('pass.p12')
    const from = ['-in', files.certificate, '-inkey', files.key, '-certfile', files.wwdr, '-out', p12]
    await openssl(['pkcs12', '-export', ...from, '-passout', 'pass:from the variable'])
    await other.remove()
    const locked = await run(CertsImport, 'pass.p12')
    expect(locked.exitCode).toBe(4)
    expect(locked.stderr).toContain('is protected by a passphrase')
    expect(locked.stderr).toContain('--passphrase-env')
    const imported = await run(CertsImport, 'pass.p12', '--passphrase-env', 'P12')
    expect(imported.stderr).toContain('Next: tessera certs check')
    expect(imported.stdout).toMatch(/key +certs\/pass\.key\.pem, found in pass\.p12/)
    expect((await run(CertsCheck, '--json')).json()).toMatchObject({ ok: true, development: true })
    const present = await run(CertsWwdr, '--json')
    expect(present.json()).toMatchObject({ changed: false })
  })

  test('a key at rest is encrypted with the passphrase that tessera.yaml names', async () => {
    const source = `  keyPassphrase: { file: secret.txt }`
    const apple = 'apple:\n  passTypeIdentifier: pass.com.example.bonus\n  teamIdentifier: A1B2C3D4E5\n'
    await writeFile(folder.path('tessera.yaml'), `version: 1\norganization: Nordlicht Coffee\n${apple}${source}\n`)
    expect((await run(CertsRequest)).exitCode).toBe(4)
    await writeFile(folder.path('secret.txt'), 'open sesame\n')
    expect((await run(CertsRequest)).exitCode).toBe(0)
    await openssl(['rsa', '-in', folder.path('certs/request.key.pem'), '-passin', 'pass:open sesame', '-noout'])
  })

  test('check and wwdr without certificates name the next command', async () => {
    const check = await run(CertsCheck, '--json')
    expect(check.exitCode).toBe(4)
    expect(check.json()).toMatchObject({ ok: false })
    expect(check.stdout).toContain('certs/pass.pem does not exist.')
    const wwdr = await run(CertsWwdr)
    expect(wwdr.exitCode).toBe(4)
    expect(wwdr.stderr).toContain('tessera certs import FILE')
    expect(wwdr.stderr).toContain(join('certs', 'pass.pem'))
  })
})
