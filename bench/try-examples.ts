/**
 * Tries examples as their users have them: in a folder elsewhere, with the packed package. Those with tests run them; pages are started
 * and opened in Chromium, with no network but their own server. `npm run examples -- jest react`; without names, all of them.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { chromiumHere } from '../test/support/chromium.ts'

const here = join(import.meta.dirname, '../examples')
const folders = readdirSync(here, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() && existsSync(join(here, entry.name, 'package.json')) ? [entry.name] : [],
)
const names = process.argv.length > 2 ? process.argv.slice(2) : folders
const unknown = names.find((name) => !folders.includes(name))
if (unknown !== undefined) {
  console.error(`Failed to try the example "${unknown}": expected ${folders.join(', ')}.`)
  process.exit(2)
}

const browser = await chromiumHere()

/** Runs the tests of an example. */
function passesTests(cwd: string): boolean {
  const env = { ...process.env, ...(browser?.executablePath !== undefined && { CHROMIUM: browser.executablePath }) }
  return spawnSync('npm', ['test'], { cwd, stdio: 'inherit', env }).status === 0
}

/** Starts a page by its scripts, one after the other, and tells whether five invoices are seen each time. */
async function showsPages(cwd: string, scripts: readonly string[]): Promise<boolean> {
  if (!browser) throw new Error('No Chromium starts here, and a page cannot be looked at without one.')
  for (const script of scripts) {
    const port = await freePort()
    const host = isNext(cwd) ? ['--hostname', '127.0.0.1'] : ['--host', '127.0.0.1', '--strictPort']
    const options = [...host, '--port', String(port)]
    const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' }
    const server = spawn('npm', ['run', script, '--', ...options], { cwd, env, stdio: 'inherit', detached: true })
    const chrome = await chromium.launch(browser)
    try {
      const page = await chrome.newPage()
      const url = `http://127.0.0.1:${port}/`
      await page.route(
        ({ origin }) => origin !== new URL(url).origin && origin !== 'https://api.stuut.ai',
        (call) => call.abort(),
      )
      await waitFor(url)
      await page.goto(url)
      await page.locator('li').nth(4).waitFor({ timeout: 120_000 })
      await page.locator('select').selectOption('paid')
      await page.locator('li', { hasText: ' paid ' }).nth(4).waitFor({ timeout: 120_000 })
      console.log(`${script}: shows invoices`)
    } catch (error) {
      console.error(`${script}: ${(error as Error).message}`)
      return false
    } finally {
      await chrome.close()
      // npm starts others: the whole group ends.
      if (server.pid !== undefined) process.kill(-server.pid)
    }
  }
  return true
}

const isNext = (cwd: string): boolean => existsSync(join(cwd, 'app'))

/** Waits until a server answers, five minutes at most. */
async function waitFor(url: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((done) => {
      setTimeout(done, 500)
    })
  }
  throw new Error(`${url} does not answer.`)
}

function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  return new Promise((done) => {
    probe.once('listening', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => done(port))
    })
  })
}

const root = mkdtempSync(join(tmpdir(), 'proforma-examples-'))
let failed = 0
try {
  const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', root], {
    cwd: join(here, '..'),
    encoding: 'utf8',
  })
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }]
  for (const name of names) {
    const cwd = join(root, name)
    cpSync(join(here, name), cwd, { recursive: true })
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', join(root, filename)], {
      cwd,
      stdio: 'inherit',
    })
    console.log(`\n${name}`)
    const { scripts } = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>
    }
    const isPassed =
      scripts.test === undefined
        ? await showsPages(
            cwd,
            ['dev', 'demo'].filter((one) => scripts[one]),
          )
        : passesTests(cwd)
    console.log(`${name}: ${isPassed ? 'passed' : 'failed'}`)
    if (!isPassed) failed++
  }
} finally {
  rmSync(root, { recursive: true, force: true })
}
console.log(`\n${names.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
