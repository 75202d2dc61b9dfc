import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { build } from 'vite'
import { afterAll, describe, expect, it } from 'vitest'
import { chromiumHere } from '../support/chromium.ts'
import { patience } from '../support/patience.ts'
import type { Seen } from './page.ts'

const policy = "default-src 'self'; script-src 'self'"
const launch = await chromiumHere()
const folder = mkdtempSync(join(tmpdir(), 'proforma-csp-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Bundles a page as a frontend's production build does. */
async function bundle(): Promise<void> {
  const input = fileURLToPath(new URL('page.ts', import.meta.url))
  await build({
    configFile: false,
    root: folder,
    logLevel: 'silent',
    build: { outDir: folder, minify: true, rollupOptions: { input, output: { entryFileNames: 'page.js' } } },
  })
}

/** Serves the bundle and MSW's worker, nothing else, under the policy. */
async function serveStrictly(): Promise<{ readonly url: string; readonly close: () => void }> {
  const worker = createRequire(import.meta.url).resolve('msw/mockServiceWorker.js')
  const server = createServer(({ url = '/' }, response) => {
    response.setHeader('content-security-policy', policy)
    const path = url.slice(1)
    try {
      const isPage = path === ''
      const body = isPage
        ? '<!doctype html><script type="module" src="/page.js"></script>'
        : readFileSync(path === 'mockServiceWorker.js' ? worker : join(folder, path))
      response.writeHead(200, { 'content-type': isPage ? 'text/html' : 'text/javascript' }).end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() }
}

async function visit(): Promise<Seen> {
  await bundle()
  const [server, browser] = [await serveStrictly(), await chromium.launch(launch)]
  try {
    const page = await browser.newPage()
    page.setDefaultTimeout(patience)
    await page.goto(server.url)
    await page.waitForFunction(() => 'seen' in globalThis)
    return await page.evaluate(() => (globalThis as unknown as { seen: Promise<Seen> }).seen)
  } finally {
    await browser.close()
    server.close()
  }
}

describe.runIf(launch)('a page whose policy forbids to make code out of text', () => {
  it('builds invoices and is answered by mocks, and violates nothing', async () => {
    const {
      violations,
      evalRefused,
      provoked,
      built,
      drawn,
      answers: { list, nothing, malformed, created, graphql },
      ...rest
    } = await visit()
    expect(rest).toEqual({})
    expect([evalRefused, provoked]).toEqual([true, ['script-src eval']])
    expect(violations).toEqual([])
    expect(Object.values(built)).toEqual(Object.keys(built).map(() => ({ number: 20, same: true })))
    expect(drawn).toHaveProperty('detail')
    expect([list?.status, list?.body]).toEqual([200, expect.objectContaining({ total_records: 250 })])
    expect(nothing?.status).toBe(404)
    expect([malformed?.status, JSON.stringify(malformed?.body)]).toEqual([400, expect.stringContaining('issue_date')])
    expect(created?.status, JSON.stringify(created)).toBeLessThan(300)
    expect(graphql?.body).toMatchObject({
      data: { invoices: { content: [{ invoiceNumber: expect.any(String) as string }, {}] } },
    })
  })
})
