import { type Bench, POLL } from './bench.js'
import { readList } from './read-list.js'
import { RuleSkipped } from './rule.js'

/** Between two questions while cards are changed. */
const OFTEN = 80

/** A phone that asks what has changed, fetches what is listed and remembers the tag, as if it were pushed all the time. */
export class FollowingPhone {
  /** When it was told of a change; epoch milliseconds. */
  readonly listings: number[] = []
  readonly #bench: Bench
  readonly #device: string
  #tag: string
  #shown: string | undefined

  constructor(bench: Bench, { device, tag, shown }: { device: string; tag: string; shown: string | undefined }) {
    this.#bench = bench
    this.#device = device
    this.#tag = tag
    this.#shown = shown
  }

  /** Asks again and again until the work is done. @throws what the work throws */
  async followWhile(work: Promise<void>): Promise<void> {
    let busy = true
    const over = work.finally(() => {
      busy = false
    })
    // Told below; until then the phone asks on.
    over.catch(() => {})
    while (busy) {
      await this.#ask()
      await this.#bench.sleep(OFTEN)
    }
    await over
  }

  /** True when it shows the latest pass, at once or within the time that a change may take. */
  async catchUp(): Promise<boolean> {
    const until = Date.now() + this.#bench.run.settle
    for (;;) {
      await this.#ask()
      if ((await fetchDigest(this.#bench)) === this.#shown) return true
      if (Date.now() >= until) return false
      await this.#bench.sleep(POLL)
    }
  }

  async #ask(): Promise<void> {
    const reply = await this.#bench.list(this.#device, this.#tag)
    const list = reply.status === 200 ? readList(reply.body) : undefined
    if (list?.serials.includes(this.#bench.card.serial) !== true) return
    this.listings.push(Date.now())
    this.#tag = list.tag ?? this.#tag
    this.#shown = await fetchDigest(this.#bench)
  }
}

/** @throws RuleSkipped when there is no list or no pass */
export async function followingPhone(bench: Bench): Promise<FollowingPhone> {
  const device = await bench.registered(bench.card)
  const { tag = '' } = await bench.listed(device)
  return new FollowingPhone(bench, { device, tag, shown: await fetchDigest(bench) })
}

async function fetchDigest(bench: Bench): Promise<string> {
  const [{ passDigest }, { status, body }] = await Promise.all([import('./inspect-pass.js'), bench.pass(bench.card)])
  const digest = status === 200 ? passDigest(body) : undefined
  if (digest === undefined) throw new RuleSkipped('It needs a pass; see pass.type and pass.is-the-card.')
  return digest
}
