import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Real files, real openssl, real child processes: generous, since CI machines are noisy.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    disableConsoleIntercept: true,
    maxWorkers: 2,
  },
})
