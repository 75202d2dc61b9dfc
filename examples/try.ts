/**
 * Tries examples as their users have them: in a folder elsewhere, with the packed package. `npm run examples -- jest bun`; without
 * names, all of them.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const here = import.meta.dirname
const folders = readdirSync(here, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
const names = process.argv.length > 2 ? process.argv.slice(2) : folders
const unknown = names.find((name) => !folders.includes(name))
if (unknown !== undefined) {
  console.error(`Failed to try the example "${unknown}": expected ${folders.join(', ')}.`)
  process.exit(2)
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
    const { status } = spawnSync('npm', ['test'], { cwd, stdio: 'inherit' })
    console.log(`${name}: ${status === 0 ? 'passed' : 'failed'}`)
    if (status !== 0) failed++
  }
} finally {
  rmSync(root, { recursive: true, force: true })
}
console.log(`\n${names.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
