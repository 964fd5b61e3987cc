import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Real files, real openssl, real child processes: generous, since CI machines are noisy.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    disableConsoleIntercept: true,
    maxWorkers: 2,
    // Signing threads load the TypeScript sources as they are: Node strips the types, this finds the `.ts` files.
    execArgv: ['--import', './test/support/resolve-ts.mjs'],
  },
})
