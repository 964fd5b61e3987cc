import type { JobEvent } from './events.js'

/** The events of a job, with every item told on the way. */
export async function* heardItems<S, I>(
  events: AsyncIterable<JobEvent<S, I>>,
  hear: (item: I) => void,
): AsyncGenerator<JobEvent<S, I>> {
  for await (const event of events) {
    if (event.type === 'item') hear(event.item)
    yield event
  }
}
