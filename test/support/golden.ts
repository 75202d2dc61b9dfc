import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** Returns what a golden file says; with UPDATE_GOLDEN it first says what there is now. */
export function golden(name: string, now: unknown): unknown {
  const file = new URL(`../golden/${name}.json`, import.meta.url)
  if (process.env.UPDATE_GOLDEN !== undefined) writeFileSync(file, `${JSON.stringify(now, null, 1)}\n`)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : 'no golden file yet: run with UPDATE_GOLDEN=1'
}
