import { AppError } from '../../kit/errors/index.js'

const NAME = /^[\p{L}\p{N}][\p{L}\p{N}_-]{0,63}$/u

/** True for what may become the name of a design, and hence of a folder. */
export function isDesignName(name: string): boolean {
  return NAME.test(name)
}

/** @throws AppError DESIGN_NAME. `given` is what the message repeats, where the name was made of something else. */
export function assertDesignName(name: string, given = name): void {
  if (!isDesignName(name)) throw new AppError('DESIGN_NAME', `"${given}" does not serve as the name of a design.`)
}
