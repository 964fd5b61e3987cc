import { configKeys } from '../config/keys.js'

export interface VariablePage {
  readonly name: string
  readonly meaning: string
  /** The flag or the key of tessera.yaml that it stands for. */
  readonly stands: string
}

/** Every environment variable that Tessera reads, in the order of `tessera help environment`. */
export function variablePages(): readonly VariablePage[] {
  return [...FLAGS, ...configVariables(), ...GENERAL]
}

const FLAGS: readonly VariablePage[] = [
  { name: 'TESSERA_LAUNCH', meaning: 'The launch folder.', stands: '--launch' },
  { name: 'TESSERA_NO_INPUT', meaning: '1: never ask.', stands: '--no-input' },
  { name: 'TESSERA_QUIET', meaning: '1: no progress and no notes.', stands: '--quiet' },
  { name: 'TESSERA_VERBOSE', meaning: '1: details of unexpected errors.', stands: '--verbose' },
  { name: 'TESSERA_CONTENT_TYPE', meaning: 'json: the result of every command as JSON.', stands: '--json' },
  { name: 'TESSERA_OUTPUT', meaning: 'ndjson: events of long jobs as lines of JSON.', stands: '--output' },
]

const GENERAL: readonly VariablePage[] = [
  {
    name: 'TESSERA_ACTOR',
    meaning: 'Who is at work, for the record of changes; else the user of the system.',
    stands: '',
  },
  { name: 'CI', meaning: 'Set on build servers: never ask.', stands: '--no-input' },
  { name: 'NO_COLOR', meaning: 'Set to anything: no colours.', stands: '' },
  { name: 'NODE_COMPILE_CACHE', meaning: 'Folder of the cache that makes start-up faster.', stands: '' },
  { name: 'NODE_DISABLE_COMPILE_CACHE', meaning: '1: no such cache.', stands: '' },
  { name: 'DEBUG', meaning: '*: what the command line framework does.', stands: '' },
]

function configVariables(): VariablePage[] {
  return configKeys().map(({ path, env, description }) => ({
    name: env,
    meaning: description || `Replaces ${path}.`,
    stands: `${path} in tessera.yaml`,
  }))
}
