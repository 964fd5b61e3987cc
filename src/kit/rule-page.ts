/**
 * Address of the page of a rule, in the package of that version, which carries its documentation:
 * `picture.icon-scale` -> `…/docs/rules/picture/icon-scale.md`. `scripts/docs/rule-pages.mjs` writes the pages.
 */
export function rulePageUrl(id: string, version: string): string {
  const dot = id.indexOf('.')
  return `https://unpkg.com/tessera-cards@${version}/docs/rules/${id.slice(0, dot)}/${id.slice(dot + 1)}.md`
}
