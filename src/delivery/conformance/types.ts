/**
 * How much depends on a rule.
 * - `must`: Apple's documents say so, and phones break or the card is open to strangers when it does not hold.
 * - `should`: no document says it in so many words, but servers without it lose updates or fall over.
 * - `optional`: what only some clients need: Android readers, HEAD.
 */
export const LEVELS = ['must', 'should', 'optional'] as const
export type Level = (typeof LEVELS)[number]

/** `failed` is said of a `must` only; whatever else does not hold is `warned`. */
export const OUTCOMES = ['passed', 'failed', 'warned', 'skipped'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** What the documentation says of a rule. */
export interface ConformanceRuleDoc {
  /** `group.name`, never renamed. */
  readonly id: string
  readonly level: Level
  /** What holds, in one line without a full stop. */
  readonly title: string
  /** What the protocol says, in whole sentences. */
  readonly protocol: string
  /** What a phone does when the rule is broken, one sentence. */
  readonly phone: string
  /** Which servers are known to break it, and how. */
  readonly seen?: string
  readonly source: string
}

/** A card that the server under test knows. */
export interface ConformanceCard {
  readonly serial: string
  readonly passType: string
  /** authenticationToken. Masked wherever a request is shown. */
  readonly token: string
}

/** One request and its answer, in a line each, with tokens masked and the rest cut to what a person reads. */
export interface Exchange {
  /** `GET /v1/passes/pass.com.example/1005 (Authorization: ApplePass ****)` */
  readonly request: string
  /** `200 application/vnd.apple.pkpass, Last-Modified: …, 10240 bytes`, or why there is none. */
  readonly answer: string
}

export interface RuleResult extends Pick<ConformanceRuleDoc, 'level' | 'title'> {
  readonly rule: string
  readonly outcome: Outcome
  /** What was seen, or why the rule was skipped; a whole sentence. */
  readonly message: string
  /** What a phone does; only where the rule does not hold. */
  readonly phone?: string
  /** The last ones of the rule, at most eight. */
  readonly exchanges: readonly Exchange[]
}

export interface ConformanceSummary extends Readonly<Record<Outcome, number>> {
  readonly url: string
  /** True when no `must` failed, and where any was to be tried, one was. */
  readonly conforms: boolean
  readonly sentence: string
  /** How many cards it was tried with. */
  readonly cards: number
  readonly requests: number
  readonly milliseconds: number
  /** What a person should know besides, such as registrations that could not be taken back. */
  readonly notes: readonly string[]
}

export interface ConformanceTarget {
  /** webServiceURL: what comes before `/v1`. */
  readonly url: string
  /** At least one, all of one pass type. */
  readonly cards: readonly ConformanceCard[]
}

export interface ConformanceOptions {
  /** Version of Tessera, for the User-Agent. */
  readonly version: string
  /** Milliseconds for one request, the whole answer included; 10,000 when undefined. */
  readonly timeout?: number | undefined
  /** DER of certificates to trust beside the known ones: for TLS, and for the signature of the pass. */
  readonly trust?: readonly Uint8Array[]
  /** Rules, or groups of them; all when empty. Names that do not exist are passed over. */
  readonly only?: readonly string[]
  /** Changes a field that the holder sees. Rules that need a change are skipped without it. */
  readonly update?: ((serial: string, signal: AbortSignal | undefined) => Promise<void>) | undefined
  /** Milliseconds that a change may take to reach the list; 3,000 when undefined. */
  readonly settle?: number
  readonly signal?: AbortSignal | undefined
}
