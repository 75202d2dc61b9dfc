import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'vite'
import type { Plugin } from 'vite'
import { startVitest } from 'vitest/node'
import { mutantsIn } from './mutants/mutate.ts'
import type { Mutant } from './mutants/mutate.ts'
import { subjects } from './mutants/subjects.ts'

/**
 * Changes one operator, number or condition of the arithmetic at a time and runs the tests that are about it: a mutant that no test
 * notices survives. Ends with 1 where fewer than nine in ten are noticed.
 * Usage: npm run mutants -- [mutants, 60] [seed, 1] [part of a path …]
 */
const [count = 60, seed = 1] = process.argv.slice(2, 4).map(Number)
const parts = process.argv.slice(4)
const wanted = 0.9
const root = fileURLToPath(new URL('..', import.meta.url))

const pools = subjects
  .flatMap(({ files, tests }) => files.map((file) => ({ file, tests })))
  .filter(({ file }) => parts.length === 0 || parts.some((part) => file.includes(part)))
  .flatMap(({ file, tests }) => {
    const text = readFileSync(root + file, 'utf8')
    return mutantsIn(file, text, parseSync(file, text).program).map((mutant) => ({ mutant, tests }))
  })
const sample = shuffled(pools, seed).slice(0, count)
console.log(`${sample.length} of ${pools.length} mutants, seed ${seed}`)

// Tests that fail anyway would kill everything.
for (const { files, tests } of subjects.filter(({ files }) =>
  sample.some(({ mutant }) => files.includes(mutant.file)),
)) {
  const [file = ''] = files
  const text = readFileSync(root + file, 'utf8')
  if (!(await killed({ file, line: 0, before: '', after: '', text }, tests))) continue
  console.error(
    `Failed to try mutants: expected tests that pass but received a failing one. Run npx vitest run ${tests.join(' ')}`,
  )
  process.exit(2)
}

const survivors: Mutant[] = []
for (const { mutant, tests } of sample) {
  const isKilled = await killed(mutant, tests)
  if (!isKilled) survivors.push(mutant)
  console.log(`${isKilled ? 'killed  ' : 'SURVIVED'} ${mutant.file}:${mutant.line} ${mutant.before} → ${mutant.after}`)
}
const share = 1 - survivors.length / Math.max(1, sample.length)
console.log(`${sample.length - survivors.length} of ${sample.length} killed (${Math.round(share * 100)} %)`)
process.exit(share < wanted ? 1 : 0)

/** Tells whether a test fails with a mutant in place of its file; the file itself stays as it is, so nothing that is kept of it may be used. */
async function killed(mutant: Mutant, tests: readonly string[]): Promise<boolean> {
  const plugin: Plugin = {
    name: 'mutant',
    enforce: 'pre',
    transform: (_, id) => (id.split('?')[0] === root + mutant.file ? mutant.text : undefined),
  }
  const vitest = await startVitest(
    'test',
    [...tests],
    {
      root,
      config: false,
      watch: false,
      isolate: false,
      fsModuleCache: false,
      bail: 1,
      reporters: [{}],
      testTimeout: 60_000,
      maxWorkers: 1,
    },
    { plugins: [plugin], logLevel: 'silent' },
  )
  const failed = vitest.state.getCountOfFailedTests() > 0 || vitest.state.getUnhandledErrors().length > 0
  const files = vitest.state.getFiles()
  const isBroken = files.length === 0 || files.some(({ result }) => result?.state === 'fail')
  await vitest.close()
  process.exitCode = 0
  return failed || isBroken
}

/** Fisher and Yates, with the generator mulberry32. */
function shuffled<T>(list: readonly T[], start: number): readonly T[] {
  const items = [...list]
  let state = start
  for (let last = items.length - 1; last > 0; last--) {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    const other = ((mixed ^ (mixed >>> 14)) >>> 0) % (last + 1)
    ;[items[last], items[other]] = [items[other] as T, items[last] as T]
  }
  return items
}
