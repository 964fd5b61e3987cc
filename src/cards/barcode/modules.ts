/** A barcode as a grid of dark and light squares; one of bars has a single row. */
export interface Modules {
  readonly width: number
  readonly rows: number
  /** Row by row; true is dark. */
  readonly dark: readonly boolean[]
}

interface Placing {
  readonly x: number
  readonly y: number
  readonly module: number
  readonly height: number
}

/** Dark runs of each row as rectangles; runs that continue in the next row are one rectangle. */
export function gridModules(modules: Modules, { x, y, module }: Placing): string {
  const { width, rows } = modules
  const parts: string[] = []
  let open = new Map<string, Run>()
  for (let row = 0; row <= rows; row++) {
    const next = new Map<string, Run>()
    for (const run of row < rows ? runsOf(modules, row) : []) {
      const key = `${run.from}-${run.to}`
      next.set(key, open.get(key) ?? run)
      open.delete(key)
    }
    for (const run of open.values()) {
      parts.push(rectangle(x + run.from * module, y + run.row * module, run.to - run.from, row - run.row, module))
    }
    open = next
  }
  return width === 0 ? '' : parts.join('')
}

export function barModules(modules: Modules, { x, y, module, height }: Placing): string {
  return runsOf(modules, 0)
    .map(
      (run) =>
        `M${fixed(x + run.from * module)} ${fixed(y)}h${fixed((run.to - run.from) * module)}v${fixed(height)}H${fixed(x + run.from * module)}z`,
    )
    .join('')
}

interface Run {
  readonly row: number
  readonly from: number
  readonly to: number
}

function runsOf({ width, dark }: Modules, row: number): Run[] {
  const runs: Run[] = []
  for (let at = 0; at < width; at++) {
    if (dark[row * width + at] !== true) continue
    const from = at
    while (at < width && dark[row * width + at] === true) at++
    runs.push({ row, from, to: at })
  }
  return runs
}

function rectangle(x: number, y: number, width: number, height: number, module: number): string {
  return `M${fixed(x)} ${fixed(y)}h${fixed(width * module)}v${fixed(height * module)}H${fixed(x)}z`
}

function fixed(value: number): string {
  return String(Math.round(value * 1000) / 1000)
}
