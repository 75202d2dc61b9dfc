import type { Reporter, TestModule } from 'vitest/node'

/** How many tests ended how. */
interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/**
 * Returns a reporter whose last line is `N passed, N failed, N skipped`. A file that could not be run and an error outside of
 * every test count as failures.
 * @param options.skipped what was left out before the tests began
 */
export function closingLine({
  skipped = 0,
  print = console.log,
}: { readonly skipped?: number; readonly print?: (line: string) => void } = {}): Reporter {
  return {
    onTestRunEnd(modules, errors) {
      const tally = tallyOf(modules)
      print(lineOf({ ...tally, failed: tally.failed + errors.length, skipped: tally.skipped + skipped }))
    },
  }
}

const lineOf = ({ passed, failed, skipped }: Tally): string => `${passed} passed, ${failed} failed, ${skipped} skipped`

function tallyOf(modules: readonly TestModule[]): Tally {
  const states = modules.flatMap((module) => [
    ...Array.from(module.children.allTests(), (test) => test.result().state),
    ...(module.errors().length > 0 ? ['failed' as const] : []),
  ])
  const count = (...wanted: readonly string[]): number => states.filter((state) => wanted.includes(state)).length
  // What an interruption left pending has not passed.
  return { passed: count('passed'), failed: count('failed', 'pending'), skipped: count('skipped') }
}
