import type { Finding, RuleDoc, Severity } from './findings.js'
import { rulePageUrl } from './rule-page.js'

/** What was checked, and what was found in it. Paths are relative to where the log is read, with `/`. */
export type SarifInput =
  /** A folder of files, which a code host shows with the findings at their lines. */
  | { readonly dir: string; readonly findings: readonly Finding[] }
  /** One file with others packed in it; findings name those as logical locations. */
  | { readonly archive: string; readonly findings: readonly Finding[] }

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  refused: 'error',
  'refused-by-some': 'error',
  'shown-badly': 'warning',
  advice: 'note',
}

/** Findings as SARIF 2.1.0, which code hosts show beside the files concerned. */
export function toSarif(
  inputs: readonly SarifInput[],
  { version, rules }: { readonly version: string; readonly rules: readonly RuleDoc[] },
): object {
  const indexes = new Map(rules.map(({ id }, index) => [id, index]))
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'tessera', version, rules: rules.map((rule) => toRule(rule, version)) } },
        columnKind: 'utf16CodeUnits',
        results: inputs.flatMap((input) =>
          input.findings.map((finding) => toResult(finding, input, indexes.get(finding.rule) ?? -1)),
        ),
      },
    ],
  }
}

function toRule({ id, severity, title, reason, fix, source }: RuleDoc, version: string): object {
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: reason },
    help: { text: `${reason} ${fix} Source: ${source}.`, markdown: `${reason}\n\n${fix}\n\nSource: ${source}.` },
    helpUri: rulePageUrl(id, version),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { severity },
  }
}

function toResult(finding: Finding, input: SarifInput, ruleIndex: number): object {
  const { rule, severity, message, fix, fixable, locale } = finding
  return {
    ruleId: rule,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: `${inArchive(finding, input)}${message} ${fix}` },
    locations: [locationOf(finding, input)],
    properties: { severity, fixable, ...(locale === undefined ? {} : { locale }) },
  }
}

/** Lines of a packed file cannot be a region of the archive, so that they are told in words. */
function inArchive({ place }: Finding, input: SarifInput): string {
  if (!('archive' in input) || place.file === '') return ''
  return `${place.file}${place.line === undefined ? '' : `:${place.line}:${place.column ?? 1}`}: `
}

function locationOf({ place: { file, pointer, line, column } }: Finding, input: SarifInput): object {
  if ('archive' in input) {
    const name = [file, pointer].filter((part) => part !== undefined && part !== '').join('/')
    return {
      physicalLocation: { artifactLocation: { uri: uriOf(input.archive) } },
      ...(name === '' ? {} : { logicalLocations: [{ fullyQualifiedName: name, kind: 'resource' }] }),
    }
  }
  const region = line === undefined ? {} : { region: { startLine: line, ...(column ? { startColumn: column } : {}) } }
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(input.dir === '' ? file : `${input.dir}/${file}`) },
      ...region,
    },
    ...(pointer === undefined || pointer === ''
      ? {}
      : { logicalLocations: [{ fullyQualifiedName: pointer, kind: 'member' }] }),
  }
}

/** Addresses stay; of paths, what has a meaning in addresses is escaped. */
function uriOf(path: string): string {
  if (/^https?:/i.test(path)) return path
  return encodeURI(path).replaceAll('#', '%23').replaceAll('?', '%3F')
}
