import type { Finding, Severity } from '../../kit/findings.js'
import { RULES } from './rules.js'

export interface SarifInput {
  /** Folder of the design, relative to where the log is read, with `/`. */
  readonly dir: string
  readonly findings: readonly Finding[]
}

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  refused: 'error',
  'refused-by-some': 'error',
  'shown-badly': 'warning',
  advice: 'note',
}

/** Findings as SARIF 2.1.0, which code hosts show beside the lines concerned. */
export function toSarif(designs: readonly SarifInput[], { version }: { readonly version: string }): object {
  const indexes = new Map(RULES.map(({ id }, index) => [id, index]))
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'tessera', version, rules: RULES.map((rule) => toRule(rule, version)) } },
        columnKind: 'utf16CodeUnits',
        results: designs.flatMap(({ dir, findings }) =>
          findings.map((finding) => toResult(finding, dir, indexes.get(finding.rule) ?? -1)),
        ),
      },
    ],
  }
}

function toRule({ id, severity, title, reason, fix, source }: (typeof RULES)[number], version: string): object {
  const [group = ''] = id.split('.')
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: reason },
    help: { text: `${reason} ${fix} Source: ${source}.`, markdown: `${reason}\n\n${fix}\n\nSource: ${source}.` },
    // The package carries its pages; the anchor is what Markdown makes of the heading.
    helpUri: `https://unpkg.com/tessera-cards@${version}/docs/rules/${group}.md#${id.replaceAll('.', '')}`,
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { severity },
  }
}

function toResult(finding: Finding, dir: string, ruleIndex: number): object {
  const { rule, severity, message, fix, fixable, locale, place } = finding
  const { file, pointer, line, column } = place
  const region = line === undefined ? {} : { region: { startLine: line, ...(column ? { startColumn: column } : {}) } }
  return {
    ruleId: rule,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: `${message} ${fix}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: encodeURI(dir === '' ? file : `${dir}/${file}`) }, ...region },
        ...(pointer === undefined || pointer === ''
          ? {}
          : { logicalLocations: [{ fullyQualifiedName: pointer, kind: 'member' }] }),
      },
    ],
    properties: { severity, fixable, ...(locale === undefined ? {} : { locale }) },
  }
}
