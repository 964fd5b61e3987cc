import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Launch, openLaunch } from '../../src/app/launch.js'
import { type RunningService, startService } from '../../src/app/serve/serve.js'
import type { AccessRecord } from '../../src/http/access-log.js'
import { openStore, type Store } from '../../src/store/index.js'

export interface ServiceUnderTest {
  readonly url: string
  readonly passType: string
  readonly launch: Launch
  readonly store: Store
  readonly service: RunningService
  readonly records: AccessRecord[]
  readonly notes: string[]
  /** Moves the service's clock, in milliseconds. */
  shift(by: number): void
  tokenOf(serial: string): Promise<string>
  close(): Promise<void>
}

/** Serves a launch in this process, on a free port. `env` replaces values of its tessera.yaml. */
export async function serveLaunch(
  dir: string,
  env: Readonly<Record<string, string>> = {},
  { prefix = '' }: { readonly prefix?: string } = {},
): Promise<ServiceUnderTest> {
  let offset = 0
  const launch = await openLaunch({
    dir,
    environment: { env, cwd: dir, now: () => new Date(Date.now() + offset) },
  })
  const records: AccessRecord[] = []
  const notes: string[] = []
  const service = await startService(launch, {
    port: 0,
    sharePort: false,
    onRequest: (record) => records.push(record),
    onNote: (text) => notes.push(text),
  })
  const store = await openStore({ dialect: 'sqlite', file: join(dir, '.tessera', 'store.db') })
  const close = async (): Promise<void> => {
    await service.close()
    await launch.close()
    await store.close()
  }
  return {
    url: `${service.address}${prefix}`,
    passType: launch.config.apple.passTypeIdentifier,
    launch,
    store,
    service,
    records,
    notes,
    shift: (by) => {
      offset += by
    },
    async tokenOf(serial) {
      const row = await store.db.selectFrom('cards').select('token').where('serial', '=', serial).executeTakeFirst()
      if (row === undefined) throw new Error(`no card ${serial}`)
      return row.token
    },
    close,
  }
}

/** {@link serveLaunch}, closed with the test. */
export async function serveForTest(...options: Parameters<typeof serveLaunch>): Promise<ServiceUnderTest> {
  const served = await serveLaunch(...options)
  onTestFinished(served.close)
  return served
}

/** A phone as far as these tests need one. */
export function phone({ url, passType }: ServiceUnderTest, device: string) {
  const path = (serial: string): string =>
    `${url}/v1/devices/${encodeURIComponent(device)}/registrations/${passType}/${encodeURIComponent(serial)}`
  const authorization = (token: string, scheme = 'ApplePass') => ({ Authorization: `${scheme} ${token}` })
  return {
    register: (serial: string, token: string, pushToken = `push-${device}`) =>
      fetch(path(serial), { method: 'POST', headers: authorization(token), body: JSON.stringify({ pushToken }) }),
    unregister: (serial: string, token: string) =>
      fetch(path(serial), { method: 'DELETE', headers: authorization(token) }),
    async updates(tag?: string): Promise<{ status: number; serialNumbers: string[]; lastUpdated: string | undefined }> {
      const query = tag === undefined ? '' : `?passesUpdatedSince=${encodeURIComponent(tag)}`
      const response = await fetch(`${url}/v1/devices/${encodeURIComponent(device)}/registrations/${passType}${query}`)
      if (response.status !== 200) return { status: response.status, serialNumbers: [], lastUpdated: undefined }
      return { status: 200, ...((await response.json()) as { serialNumbers: string[]; lastUpdated: string }) }
    },
    pass: (serial: string, token: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
      fetch(`${url}/v1/passes/${passType}/${encodeURIComponent(serial)}`, {
        method,
        headers: { ...authorization(token), ...headers },
      }),
  }
}
