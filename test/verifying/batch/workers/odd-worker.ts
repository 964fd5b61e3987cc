import { serveTasks } from '../../../../src/jobs/worker-port.js'
import { type SourceOptions, verifySource } from '../../../../src/verifying/batch/verify-source.js'
import type { VerifyTask } from '../../../../src/verifying/batch/verify-task.js'
import type { PassReport } from '../../../../src/verifying/types.js'

/** Verifies as the real one does, but dies or never comes back where the name of a pass says so. */
serveTasks<SourceOptions, VerifyTask, PassReport[][]>(async (options) => async ({ sources }) => {
  const reports: PassReport[][] = []
  for (const source of sources) {
    if (source.file.includes('dies')) process.exit(9)
    if (source.file.includes('hangs')) for (;;);
    reports.push(await verifySource(source, options))
  }
  return { result: reports }
})
