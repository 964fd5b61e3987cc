import { frontPicture } from '../../cards/preview/front-picture.js'
import { serveTasks } from '../../jobs/worker-port.js'
import type { DrawTask } from './card-painter.js'

/** Pixels per point: sharp on phones, and not heavy. */
const SCALE = 2

serveTasks<undefined, DrawTask, Uint8Array>(async () => async ({ bundle, locale, now }) => {
  const png = await frontPicture(bundle, { locale, now, scale: SCALE })
  return { result: png }
})
