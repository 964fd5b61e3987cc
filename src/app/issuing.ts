import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import type { Design } from '../cards/design/design.js'
import type { PassIdentity } from '../cards/model.js'
import type { IssueDeps, IssuedItem, IssueInput, IssuePreview, IssueSummary } from '../issuing/issue-types.js'
import type { IfExists } from '../issuing/record-batch.js'
import type { JobEvent } from '../kit/events.js'
import type { SigningIdentity } from '../signing/identity.js'
import type { Launch } from './launch.js'
import { assertSafeOutputs } from './safe-outputs.js'

/** The flags of `tessera issue`, as typed. */
export interface IssueRequest {
  /** Absolute; relative paths are relative to it. */
  readonly cwd: string
  readonly csv: string
  readonly design: string
  readonly map: readonly string[]
  readonly ifExists: IfExists
  readonly encoding?: string | undefined
  readonly delimiter?: string | undefined
  readonly out?: string | undefined
  readonly zip?: string | undefined
  readonly links?: string | undefined
  readonly workers?: number | undefined
  readonly items: boolean
  readonly command: string
}

/** Issues the members of a CSV; see issuing/issue-members.ts. */
export async function* issue(
  launch: Launch,
  request: IssueRequest,
  signal: AbortSignal,
): AsyncGenerator<JobEvent<IssueSummary, IssuedItem>> {
  const { issueMembers } = await import('../issuing/issue-members.js')
  const design = await launch.design(request.design)
  const input = await issueInput(request, design)
  assertSafeOutputs(launch, [input.out, input.zip, input.links])
  const signs = request.out !== undefined || request.zip !== undefined
  const identity = signs ? await launch.identity() : undefined
  yield* issueMembers(input, {
    ...launchParts(launch, identity),
    store: await launch.store(),
    workers: request.workers ?? availableParallelism(),
    signal,
  })
}

/** What `issue` would do, without doing it. */
export async function previewIssue(launch: Launch, request: IssueRequest): Promise<IssuePreview> {
  const { previewMembers } = await import('../issuing/preview-members.js')
  const design = await launch.design(request.design)
  const store = await launch.store()
  return previewMembers(await issueInput(request, design), { store, ...launchParts(launch, undefined) })
}

async function issueInput(request: IssueRequest, design: Design): Promise<IssueInput> {
  const { parseMap } = await import('../issuing/mapping.js')
  const path = (given: string | undefined): string | undefined =>
    given === undefined ? undefined : resolve(request.cwd, given)
  return {
    ...request,
    csv: resolve(request.cwd, request.csv),
    design,
    map: parseMap(request.map),
    out: path(request.out),
    zip: path(request.zip),
    links: path(request.links),
  }
}

/** What every command that makes passes takes from the launch. */
export function launchParts(
  launch: Launch,
  identity: SigningIdentity | undefined,
): Omit<IssueDeps, 'store' | 'workers' | 'signal'> {
  const { config } = launch
  const apple = identity ?? config.apple
  const pass: PassIdentity = {
    passTypeIdentifier: apple.passTypeIdentifier,
    teamIdentifier: apple.teamIdentifier,
    organizationName: config.organization,
    ...(config.service === undefined ? {} : { webServiceURL: config.service.url }),
  }
  return {
    identity,
    pass,
    values: { locale: config.locale, currency: config.currency },
    folders: {
      snapshots: launch.path('.tessera', 'designs'),
      cache: launch.path('.tessera', 'cache'),
      pictures: launch.path('.tessera', 'pictures'),
    },
    now: () => launch.now().getTime(),
    actor: launch.actor,
  }
}
