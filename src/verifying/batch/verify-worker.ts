/** Runs in a worker thread: reads and verifies sources. See verify-task.ts for what goes in and out. */
import { serveTasks } from '../../jobs/worker-port.js'
import type { PassReport } from '../types.js'
import { type SourceOptions, verifySource } from './verify-source.js'
import type { VerifyTask } from './verify-task.js'

serveTasks<SourceOptions, VerifyTask, PassReport[][]>(async (options) => async ({ sources }) => {
  const reports: PassReport[][] = []
  for (const source of sources) reports.push(await verifySource(source, options))
  return { result: reports }
})
