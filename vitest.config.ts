import { globSync } from 'node:fs'
import { playwright } from '@vitest/browser-playwright'
import { msw } from 'msw/vite'
import { defineConfig } from 'vitest/config'
import type { TestProjectInlineConfiguration } from 'vitest/config'
import { closingLine } from './test/reporter.ts'
import { chromiumHere } from './test/support/chromium.ts'
import { redisHere } from './test/support/redis.ts'

const inBrowser = 'test/browser/**/*.test.ts'
const redisLeft = redisHere() === undefined ? globSync('test/**/*redis*.test.ts') : []

const node: TestProjectInlineConfiguration = {
  test: {
    name: 'node',
    include: ['test/**/*.test.ts'],
    exclude: [inBrowser, ...redisLeft],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
}

/** The APIs' own contracts, held against mocks, or against the servers that the environment names. */
const contracts: TestProjectInlineConfiguration = {
  test: {
    name: 'contracts',
    include: ['contracts/suite/**/*.test.ts'],
    globalSetup: ['test/support/documents.ts', 'test/support/servers.ts'],
  },
}

/** Its root is not that of the repository, where Vite would take a file beside package.json for the package of its name. */
const browser = (launchOptions: object): TestProjectInlineConfiguration => ({
  root: 'test/browser',
  server: { fs: { allow: ['../..'] } },
  plugins: [msw({ mode: 'worker-only' })],
  optimizeDeps: { include: ['msw/browser', 'msw/http', '@faker-js/faker', '@cfworker/json-schema', 'graphql'] },
  test: {
    name: 'browser',
    include: ['**/*.test.ts'],
    testTimeout: 60_000,
    browser: {
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
  return {
    test: {
      globalSetup: ['test/support/documents.ts'],
      projects: [node, contracts, ...(chromium ? [browser(chromium)] : [])],
      reporters: ['default', closingLine({ skipped: left.length + redisLeft.length })],
    },
  }
})
