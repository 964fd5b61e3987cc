import { lstat, mkdir, readFile, rename, symlink, writeFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { importCertificate } from '../../../src/app/certs.js'
import { type Launch, openLaunch } from '../../../src/app/launch.js'
import { openssl, SUBJECT, type TemporaryFolder, temporaryFolder, writeSet } from '../../signing/certs/material.js'

describe('importing a locked .p12 on a terminal', () => {
  let folder: TemporaryFolder
  let launch: Launch
  const asked: [string, boolean][] = []

  beforeEach(async () => {
    folder = await temporaryFolder()
    asked.length = 0
    const { files } = await writeSet(folder)
    const from = ['-in', files.certificate, '-inkey', files.key, '-certfile', files.wwdr]
    await openssl(['pkcs12', '-export', ...from, '-out', folder.path('pass.p12'), '-passout', 'pass:third time lucky'])
    const { passTypeIdentifier, teamIdentifier, organizationName } = SUBJECT
    const apple = `apple: { passTypeIdentifier: ${passTypeIdentifier}, teamIdentifier: ${teamIdentifier} }`
    await writeFile(folder.path('tessera.yaml'), `version: 1\norganization: ${organizationName}\n${apple}\n`)
    launch = await openLaunch({ environment: environment() })
  })
  afterEach(() => folder.remove())

  const environment = () => ({ env: {}, cwd: folder.dir, now: () => new Date() })
  const importing = (answers: readonly string[]) =>
    importCertificate(launch, {
      file: 'pass.p12',
      force: false,
      environment: environment(),
      ask: async (file, wrong) => {
        asked.push([file, wrong])
        return answers[asked.length - 1] ?? 'no idea'
      },
    })

  test('asks again after a wrong answer', async () => {
    await expect(importing(['first', 'second', 'third time lucky'])).resolves.toMatchObject(SUBJECT)
    expect(asked).toEqual([
      ['pass.p12', false],
      ['pass.p12', true],
      ['pass.p12', true],
    ])
  })

  test('gives up after three', async () => {
    await expect(importing([])).rejects.toMatchObject({ code: 'CERT_PASSPHRASE_WRONG' })
    expect(asked).toHaveLength(3)
  })

  test('a key that lives elsewhere behind a symbolic link stays there', async () => {
    await importing(['third time lucky'])
    await mkdir(folder.path('vault'))
    await rename(folder.path('certs/pass.key.pem'), folder.path('vault/key.pem'))
    await symlink('../vault/key.pem', folder.path('certs/pass.key.pem'))
    await writeFile(folder.path('vault/key.pem'), '')
    asked.length = 0
    await importing(['third time lucky'])
    expect((await lstat(folder.path('certs/pass.key.pem'))).isSymbolicLink()).toBe(true)
    expect(await readFile(folder.path('vault/key.pem'), 'utf8')).toContain('PRIVATE KEY')
  })
})
