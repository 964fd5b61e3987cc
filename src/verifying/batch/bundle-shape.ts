import type { Finding } from '../../kit/findings.js'
import { deliveryFinding } from '../rules/verifying-rules.js'
import { isPassName } from './pass-names.js'

const MOST_PASSES = 10
const LARGEST_BUNDLE = 150_000_000

/** What is wrong with a bundle, by the names in it and its size in bytes. */
export function bundleShape(names: readonly string[], bytes: number): Finding[] {
  const found: Finding[] = []
  const passes = names.filter(isPassName).length
  if (passes > MOST_PASSES) {
    const message = `The bundle has ${passes} passes; phones add ${MOST_PASSES} at most.`
    found.push(deliveryFinding('bundle.count', { message }))
  }
  if (bytes > LARGEST_BUNDLE) {
    const message = `The bundle has ${bytes} bytes; phones add ${LARGEST_BUNDLE} at most.`
    found.push(deliveryFinding('bundle.size', { message }))
  }
  for (const file of names) {
    if (!isPassName(file)) found.push(deliveryFinding('bundle.other-file', { file, message: `${file} is no pass.` }))
    else if (file.includes('/')) {
      const message = `${file} lies in a folder of the bundle; phones look for passes at its top.`
      found.push(deliveryFinding('bundle.other-file', { file, message }))
    }
  }
  return found
}
