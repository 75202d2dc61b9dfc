import { mkdirSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { chromiumHere } from '../test/support/chromium.ts'

/** Takes the pictures of README and docs from the real thing: `npm run build`, then `npm run pictures`. */
const root = fileURLToPath(new URL('../', import.meta.url))
const folder = `${root}docs/pictures/`
const headers = { authorization: 'Bearer any' }
const command = ['dist/cli/main.js', 'serve', '--port', '0', '--today', '2026-01-15', '--seed', '42', '--quiet']

const launch = await chromiumHere()
if (!launch) throw new Error('Failed to take pictures: expected a Chromium but received none.')
const server = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
const url = await new Promise<string>((resolve) => {
  let said = ''
  server.stdout.on('data', (text: Buffer) => {
    said += String(text)
    const [, found] = /Look at it: (\S+)\//.exec(said) ?? []
    if (found !== undefined) resolve(found)
  })
})

const list = async (query: string): Promise<readonly { readonly id: string; readonly number: string }[]> => {
  const response = await fetch(`${url}/stuut/v1/invoices?${query}`, { headers })
  return ((await response.json()) as { data: { id: string; number: string }[] }).data
}
const [overdue] = await list('status=overdue&limit=1')
await fetch(`${url}/stuut/v1/invoices?status=overdue&limit=5`)
await list('sort_by=due_date&limt=5&limit=3')
await fetch(`${url}/stuut/v1/invoices?limit=none`, { headers })
await list('limit=20&status=paid')
mkdirSync(folder, { recursive: true })
const browser = await chromium.launch(launch)
const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 })
for (const [name, path, width, height] of [
  ['invoice', `api/stuut/r/invoices/i/${overdue?.id}`, 1280, 800],
  ['table', 'api/stuut/r/invoices', 1280, 640],
  ['requests', 'log/4', 1280, 560],
] as const) {
  await page.setViewportSize({ width, height })
  await page.goto('about:blank')
  await page.goto(`${url}/#/${path}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  while ((await page.getByText('Asking').count()) > 0) await page.waitForTimeout(50)
  // Moments of today are those of whoever takes the picture.
  await page
    .locator('time')
    .evaluateAll((all) => all.forEach((one) => one.textContent?.includes(':') && (one.textContent = '09:41:00')))
  await page.screenshot({ path: `${folder}${name}.png` })
}
await browser.close()
server.kill()
