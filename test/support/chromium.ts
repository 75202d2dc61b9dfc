import { existsSync } from 'node:fs'
import sparticuz from '@sparticuz/chromium'
import { chromium } from 'playwright'
import type { LaunchOptions } from 'playwright'
import { patience } from './patience.ts'

/** Without a display and a sandbox: containers have neither. */
const contained = ['--no-sandbox', '--headless=new', '--no-zygote']

const sparticuzWith = async (...args: readonly string[]): Promise<LaunchOptions> => ({
  executablePath: await sparticuz.executablePath(),
  args: [...contained, ...args],
})

/** Where a Chromium may be, best first: the one from npm, the system's, the one Playwright may have fetched, Chrome. */
const candidates: readonly (() => Promise<LaunchOptions>)[] = [
  () => sparticuzWith(),
  // Where it may start no other process; it crashes now and then while it loads much at once.
  () => sparticuzWith('--single-process'),
  async () => existing('/usr/bin/chromium'),
  async () => existing(chromium.executablePath()),
  async () => ({ channel: 'chrome' }),
]

function existing(executablePath: string): LaunchOptions {
  if (!existsSync(executablePath)) throw new Error(`no ${executablePath}`)
  return { executablePath, args: ['--no-sandbox'] }
}

/** Returns what starts a Chromium here, tried out, or `undefined` where none starts. */
export async function chromiumHere(): Promise<LaunchOptions | undefined> {
  for (const candidate of candidates) {
    try {
      const options = { ...(await candidate()), timeout: patience }
      await (await chromium.launch(options)).close()
      return options
    } catch {
      // The next one may start.
    }
  }
  return undefined
}
