import { globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { playwright } from '@vitest/browser-playwright'
import { msw } from 'msw/vite'
import { defineConfig } from 'vitest/config'
import type { TestProjectInlineConfiguration } from 'vitest/config'
import { closingLine } from './test/reporter.ts'
import { chromiumHere } from './test/support/chromium.ts'
import { patience } from './test/support/patience.ts'
import { hasMysql } from './test/support/mysql.ts'
import { hasPostgres } from './test/support/postgres.ts'
import { redisHere } from './test/support/redis.ts'

const inBrowser = 'test/browser/**/*.test.ts'
const postgresLeft = hasPostgres() ? [] : globSync('test/**/*postgres*.test.ts')
const mysqlLeft = hasMysql() ? [] : globSync('test/**/*mysql*.test.ts')
const redisLeft = redisHere() === undefined ? globSync('test/**/*redis*.test.ts') : []

/** What starts processes, browsers, Redis or Prism, or waits for sockets. */
const system = [
  'test/cli/**/*.test.ts',
  'test/csp/**/*.test.ts',
  'test/desk/**/*.test.ts',
  'test/fetch.test.ts',
  'test/clients/**/*.test.ts',
  'test/mocks/abuse.test.ts',
  'test/mocks/fuzz.test.ts',
  'test/mocks/limits.test.ts',
  'test/mocks/adapters/playwright.test.ts',
  'test/**/*prism*.test.ts',
  'test/**/*redis*.test.ts',
  'test/**/*postgres*.test.ts',
  'test/**/*mysql*.test.ts',
]

/** The inner loop. Its files share one process and what it has loaded: each leaves global state as it found it. */
const units: TestProjectInlineConfiguration = {
  extends: true,
  test: {
    name: 'unit',
    include: ['test/**/*.test.ts'],
    exclude: [inBrowser, 'test/live/**', ...system],
    isolate: false,
  },
}

/** The command line is tested as it is built. */
const systems: TestProjectInlineConfiguration = {
  extends: true,
  test: {
    name: 'system',
    include: system,
    exclude: [...redisLeft, ...postgresLeft, ...mysqlLeft],
    globalSetup: ['test/support/built.ts'],
  },
}

/** The APIs' own contracts, held against mocks, or against the servers that the environment names. */
const contracts: TestProjectInlineConfiguration = {
  extends: true,
  test: {
    name: 'contracts',
    include: ['test/live/**/*.test.ts'],
    globalSetup: ['test/support/servers.ts'],
  },
}

/** Its root is not that of the repository, where Vite would take a file beside package.json for the package of its name. */
const browser = (launchOptions: object): TestProjectInlineConfiguration => ({
  root: 'test/browser',
  server: { fs: { allow: ['../..'] } },
  plugins: [msw({ mode: 'worker-only' })],
  optimizeDeps: { include: ['msw/browser', 'msw/http', '@faker-js/faker/locale/base', 'graphql'] },
  test: {
    name: 'browser',
    include: ['**/*.test.ts'],
    testTimeout: patience,
    browser: {
      connectTimeout: patience,
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions }),
      instances: [{ browser: 'chromium' }],
    },
  },
})

export default defineConfig(async () => {
  const chromium = await chromiumHere()
  const left = chromium ? [] : globSync(inBrowser)
  if (!chromium) console.log(`The browser part is skipped (${left.length} files): no Chromium starts here.`)
  if (redisLeft.length > 0)
    console.log(`The Redis part is skipped (${redisLeft.length} files): there is no redis-server and no valkey-server.`)
  if (mysqlLeft.length > 0) console.log('The MySQL part is skipped: there is no mariadbd and no mysqld.')
  if (postgresLeft.length > 0)
    console.log(
      `The Postgres part is skipped (${postgresLeft.length} files): there is no Postgres here, and PROFORMA_TEST_POSTGRES names none.`,
    )
  return {
    test: {
      globalSetup: ['test/support/documents.ts'],
      testTimeout: patience,
      hookTimeout: patience,
      teardownTimeout: patience,
      expect: { poll: { timeout: patience - 10_000 } },
      maxWorkers: availableParallelism(),
      projects: [units, systems, contracts, ...(chromium ? [browser(chromium)] : [])],
      reporters: ['default', closingLine({ skipped: left.length + redisLeft.length + postgresLeft.length })],
    },
  }
})
