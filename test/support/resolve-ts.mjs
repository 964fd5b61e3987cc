// Lets worker threads and child processes of a test run the TypeScript sources: Node strips the types, and this maps
// the `.js` that a TypeScript import names to the `.ts` that is there.
//
// A thread takes the compiled program instead, as long as it is as new as the source: Node strips types by WebAssembly,
// and two threads that do so at once are ended by V8 now and then (a segmentation fault in NativeModule::FreeCode under
// Runtime_TierUpWasmToJSWrapper; Node 24.21).
import { existsSync, statSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'

const src = new URL('../../src/', import.meta.url).href
const dist = new URL('../../dist/', import.meta.url).href

registerHooks({
  resolve(specifier, context, next) {
    const source = sourceOf(specifier, context.parentURL ?? '')
    return next(source === undefined ? specifier : source, context)
  },
})

/** The address of the file that is to be loaded; undefined to leave that to Node. */
function sourceOf(specifier, parent) {
  if (specifier.startsWith(src)) return isMainThread ? undefined : compiled(specifier)
  if (!specifier.startsWith('.') || !specifier.endsWith('.js') || !/\/(?:src|test)\//.test(parent)) return undefined
  const source = new URL(specifier.replace(/\.js$/, '.ts'), parent).href
  if (!existsSync(fileURLToPath(source))) return undefined
  return isMainThread || !source.startsWith(src) ? source : (compiled(source) ?? source)
}

function compiled(source) {
  const target = dist + source.slice(src.length).replace(/\.ts$/, '.js')
  const built = statSync(fileURLToPath(target), { throwIfNoEntry: false })
  return built !== undefined && built.mtimeMs >= statSync(fileURLToPath(source)).mtimeMs ? target : undefined
}
