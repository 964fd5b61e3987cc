import type { Design } from '../../cards/design/design.js'
import type { CardProgram } from '../../cards/model.js'
import { compileCard } from '../../cards/program.js'
import { compileTextTemplate, type TextTemplateInput } from '../../cards/text-template.js'
import type { FieldSpec } from '../../cards/values/types.js'
import type { BarcodeFormat } from '../../cards/view/types.js'
import { AppError } from '../../kit/errors/index.js'
import type { Store } from '../../store/index.js'
import { barcodeFormat } from '../barcode-message.js'
import type { IssueDeps } from '../issue-types.js'
import { currentDesigns, loadCurrent } from '../published-designs.js'
import { type ToldField, toldFields } from './silence.js'

/** What a design, as its cards are signed with it now, has to say of changing them. */
export interface DesignRules {
  readonly id: number
  readonly name: string
  readonly design: Design
  readonly fields: ReadonlyMap<string, FieldSpec>
  /** Makes the barcode's message; undefined where it comes from a column. */
  readonly barcodeOf: ((input: TextTemplateInput) => string) | undefined
  readonly format: BarcodeFormat | undefined
  readonly program: CardProgram
  /** What phones tell of each field. */
  readonly told: ReadonlyMap<string, ToldField>
}

export type RulesDeps = Pick<IssueDeps, 'pass' | 'values' | 'folders' | 'now'> & { readonly store: Store }

/** The rules of designs by the id of the design, each loaded when it is first asked for. */
export class Rulebook {
  readonly #deps: RulesDeps
  readonly #known = new Map<number, DesignRules>()

  constructor(deps: RulesDeps) {
    this.#deps = deps
  }

  /** @throws AppError DESIGN_NOT_FOUND when the copy of the design is gone, DESIGN_INVALID */
  async of(designId: number): Promise<DesignRules> {
    const known = this.#known.get(designId)
    if (known !== undefined) return known
    const { store, folders } = this.#deps
    const current = (await currentDesigns(store, folders)).find(({ id }) => id === designId)
    if (current === undefined) throw new AppError('DESIGN_NOT_FOUND', `the store has no design ${designId}`)
    const rules = this.#rulesOf(designId, await loadCurrent(current))
    this.#known.set(designId, rules)
    return rules
  }

  /** Those of all designs, by the name of the design. */
  async all(): Promise<readonly DesignRules[]> {
    const rules: DesignRules[] = []
    for (const { id } of await currentDesigns(this.#deps.store, this.#deps.folders)) rules.push(await this.of(id))
    return rules
  }

  #rulesOf(id: number, design: Design): DesignRules {
    const { pass, values, folders, now } = this.#deps
    const { barcode } = design.config
    const fromColumn = barcode !== undefined && 'column' in barcode
    const template = barcode !== undefined && 'value' in barcode ? barcode.value : '{serial}'
    return {
      id,
      name: design.name,
      design,
      fields: new Map(design.fields.map((spec) => [spec.key, spec])),
      barcodeOf: fromColumn ? undefined : compileTextTemplate(template),
      format: barcodeFormat(design),
      program: compileCard(design, pass, { cacheDir: folders.cache, currency: values.currency }),
      told: toldFields(design, { locale: values.locale, now: now() }),
    }
  }
}
