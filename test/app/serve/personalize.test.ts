import { spawnSync } from 'node:child_process'
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { publishDesign } from '../../../src/app/publish-design.js'
import { unzip } from '../../support/open-pass.js'
import { phone, type ServiceUnderTest, serveForTest } from '../../support/service.js'
import { tempDir } from '../../support/temp-dir.js'
import { prepareLaunch } from '../../support/tessera.js'

const dir = await tempDir('personalize')
let launch: string

beforeAll(async () => {
  launch = await prepareLaunch(dir)
  const design = join(launch, 'designs', 'bonus.pkpasstemplate')
  const form = {
    description: 'Join us',
    requiredPersonalizationFields: ['PKPassPersonalizationFieldName', 'PKPassPersonalizationFieldEmailAddress'],
  }
  await writeFile(join(design, 'personalization.json'), JSON.stringify(form))
  await copyFile(join(design, 'logo@2x.png'), join(design, 'personalizationLogo@2x.png'))
  const config = join(design, 'design.yaml')
  await writeFile(config, `${await readFile(config, 'utf8')}\npersonalize:\n  name: fullName\n`)
}, 120_000)

async function serve(): Promise<ServiceUnderTest> {
  const served = await serveForTest(launch)
  await publishDesign(served.launch, {
    name: 'bonus',
    fromVersion: undefined,
    force: true,
    dryRun: false,
    command: 'tessera design publish bonus',
  })
  return served
}

const personalize = ({ url, passType }: ServiceUnderTest, serial: string, body: unknown) =>
  fetch(`${url}/v1/passes/${passType}/${serial}/personalize`, { method: 'POST', body: JSON.stringify(body) })

const filesOf = async (served: ServiceUnderTest, serial: string) => {
  const response = await phone(served, 'x').pass(serial, await served.tokenOf(serial))
  return unzip(Buffer.from(await response.arrayBuffer()))
}

test("Wallet's form fills the card, is answered with the signed token, and is gone from the pass", async () => {
  const served = await serve()
  const device = phone(served, 'joiner')
  const token = await served.tokenOf('1001')
  await device.register('1001', token)
  const { lastUpdated } = await device.updates()
  expect([...(await filesOf(served, '1001')).keys()]).toContain('personalization.json')

  const body = {
    personalizationToken: 'QWxhZGRpbjpvcGVuIHNlc2FtZQ==',
    requiredPersonalizationInfo: { fullName: 'Grace Hopper', givenName: 'Grace', emailAddress: 'grace@example.com' },
  }
  const answer = await personalize(served, '1001', body)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('application/octet-stream')
  await writeFile(join(dir, 'token'), body.personalizationToken)
  await writeFile(join(dir, 'signature'), Buffer.from(await answer.arrayBuffer()))
  const root = join(launch, 'certs', 'dev-root.pem')
  const { status, stderr } = spawnSync(
    'openssl',
    ['cms', '-verify', '-inform', 'DER', '-binary', '-purpose', 'any', '-CAfile', root].concat([
      '-content',
      join(dir, 'token'),
      '-in',
      join(dir, 'signature'),
      '-out',
      join(dir, 'out'),
    ]),
    { encoding: 'utf8' },
  )
  expect({ status, stderr }).toMatchObject({ status: 0 })

  expect(await device.updates(lastUpdated)).toMatchObject({ status: 200, serialNumbers: ['1001'] })
  const files = await filesOf(served, '1001')
  expect([...files.keys()].filter((name) => name.startsWith('personalization'))).toEqual([])
  expect(String(files.get('pass.json'))).toContain('Grace Hopper')
  const changes = await served.store.db.selectFrom('changes').selectAll().where('source', '=', 'personalize').execute()
  expect(changes).toHaveLength(1)
  expect(changes[0]).toMatchObject({ actor: 'holder', details: expect.stringContaining('grace@example.com') })

  // Sent again, since the answer was lost on its way: signed again, and nothing changes.
  const again = { ...body, requiredPersonalizationInfo: { fullName: 'Somebody Else' } }
  expect((await personalize(served, '1001', again)).status).toBe(200)
  expect(String((await filesOf(served, '1001')).get('pass.json'))).toContain('Grace Hopper')
})

test('a token that could be the manifest of a pass is not signed', async () => {
  const served = await serve()
  const manifest = JSON.stringify({ 'pass.json': '0'.repeat(40) })
  for (const personalizationToken of [manifest, '', 'a b', '{}', 5, 'x'.repeat(5000)])
    expect((await personalize(served, '1002', { personalizationToken })).status).toBe(400)
})

test('cards that do not exist, or have no form, are not personalized', async () => {
  const served = await serve()
  const body = { personalizationToken: 'dG9rZW4=', requiredPersonalizationInfo: {} }
  expect((await personalize(served, 'nobody', body)).status).toBe(404)
  const plain = await serveForTest(await prepareLaunch(await tempDir('no-form')))
  expect((await personalize(plain, '1001', body)).status).toBe(404)
}, 90_000)
