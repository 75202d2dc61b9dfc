import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { msw } from 'msw/vite'
import { chromium } from 'playwright-core'
import { build, createServer } from 'vite'
import type { InlineConfig } from 'vite'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { chromiumHere } from '../support/chromium.ts'
import { patience } from '../support/patience.ts'
import { run } from './support/command.ts'
import { manifest, projectWith } from './support/project.ts'

const launch = await chromiumHere()
const repository = fileURLToPath(new URL('../../', import.meta.url))
const main = `
const list = document.querySelector('ul')
// The page has this path itself.
const answer = await fetch('/v1/invoices?limit=5&sort_by=due_date', { headers: { authorization: 'Bearer any' } })
for (const invoice of (await answer.json()).data) {
  const item = document.createElement('li')
  item.textContent = \`\${invoice.number} \${invoice.status}\`
  list.append(item)
}
document.title = 'done'
`

describe('a Vite project after init', () => {
  let root = ''
  let config: InlineConfig
  beforeAll(async () => {
    root = projectWith({
      'package.json': manifest('vite', 'msw', 'proforma'),
      'tsconfig.json': '{}',
      public: null,
      'index.html': '<!doctype html><ul></ul><script type="module" src="/src/main.ts"></script>',
      'src/main.ts': main,
    })
    const { code, stdout } = await run(['init', 'public', '--api', 'stuut', '--base-url', '/'], { cwd: root })
    // What it says to add is added as it says it.
    const lines = stdout
      .slice(stdout.indexOf('Add to'), stdout.indexOf('Requests to'))
      .split('\n')
      .filter((line) => line.startsWith('    '))
      .map((line) => line.trim())
    if (code !== 0 || lines.length !== 2) throw new Error(`It says something else: ${stdout}`)
    writeFileSync(join(root, 'src/main.ts'), `${lines.join('\n')}\n${main}`)
    config = {
      root,
      configFile: false,
      logLevel: 'error',
      cacheDir: join(root, '.vite'),
      // The package as its users install it: by name, from here.
      resolve: {
        alias: [
          { find: /^proforma$/, replacement: `${repository}browser.ts` },
          { find: /^proforma\/apis\/(.+)$/, replacement: `${repository}spec/documents/$1.ts` },
        ],
      },
      optimizeDeps: {
        include: ['msw/browser', 'msw/http', '@faker-js/faker/locale/base', 'graphql', 'jsonpath-rfc9535'],
      },
      server: { host: '127.0.0.1', port: 0, hmr: false, fs: { strict: false } },
    }
  })

  afterEach(() => vi.unstubAllEnvs())

  it.runIf(launch)(
    'shows invoices in a browser, without a server behind it, and its own page of the same path',
    async () => {
      const server = await createServer(config)
      const browser = await chromium.launch(launch)
      try {
        await server.listen()
        const page = await browser.newPage()
        page.setDefaultTimeout(patience)
        const problems: string[] = []
        page.on('pageerror', (error) => problems.push(error.message))
        await page.goto(server.resolvedUrls?.local[0] ?? '')
        await page.waitForFunction('document.title === "done"').catch(() => undefined)
        expect(problems).toEqual([])
        const items = await page.locator('li').allTextContents()
        expect(items).toHaveLength(5)
        for (const item of items)
          expect(item).toMatch(/^\S+ (?:open|overdue|paid|void|draft|processing|uncollectible)$/)
        const own = await page.goto(new URL('/v1/invoices', page.url()).href)
        await page.waitForFunction('document.title === "done"').catch(() => undefined)
        expect([await own?.headerValue('content-type'), await page.locator('li').allTextContents()]).toEqual([
          'text/html',
          items,
        ])
      } finally {
        await browser.close()
        await server.close()
      }
    },
  )

  it('ships no mock to production', async () => {
    // Tests run with another one, which Vite would take for development.
    vi.stubEnv('NODE_ENV', 'production')
    const production = { ...config, build: { outDir: join(root, 'dist'), minify: false } }
    await build(production)
    const code = globSync('dist/assets/*.js', { cwd: root })
      .map((file) => readFileSync(join(root, file), 'utf8'))
      .join('\n')
    expect(code).toContain('/v1/invoices')
    expect(code.length).toBeLessThan(10_000)
    expect(code).not.toMatch(/setupWorker|mockServiceWorker|x-role/i)
    expect(existsSync(join(root, 'dist/mockServiceWorker.js'))).toBe(true)

    // As docs/msw.md says: MSW's plugin serves the worker in development, and leaves it out of what is built.
    rmSync(join(root, 'public/mockServiceWorker.js'))
    await build({ ...production, plugins: [msw()] })
    expect(existsSync(join(root, 'dist/index.html'))).toBe(true)
    expect(existsSync(join(root, 'dist/mockServiceWorker.js'))).toBe(false)
    const server = await createServer({ ...config, plugins: [msw()] })
    try {
      await server.listen()
      const worker = await fetch(`${server.resolvedUrls?.local[0]}mockServiceWorker.js`)
      expect(await worker.text()).toContain('addEventListener')
    } finally {
      await server.close()
    }
  })
})
