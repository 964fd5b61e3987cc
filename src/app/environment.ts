/** What the surrounding world tells a command. Only `app/` reads process.env and process.cwd(). */
export interface Environment {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Absolute path of the folder the command was started in. */
  readonly cwd: string
  now(): Date
}

/** Reads the world once; the result does not change afterwards. */
export function readEnvironment(): Environment {
  return { env: { ...process.env }, cwd: process.cwd(), now: () => new Date() }
}

/** True on a build server, where nobody can answer a question. `CI=false` and `CI=0` count as no. */
export function isBuildServer(env: Environment['env']): boolean {
  const value = env.CI?.toLowerCase()
  return value !== undefined && value !== '' && value !== 'false' && value !== '0'
}
