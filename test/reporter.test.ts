import type { TestModule } from 'vitest/node'
import { describe, expect, it } from 'vitest'
import { closingLine } from './reporter.ts'

const module = (states: readonly string[], errors: readonly object[] = []) =>
  ({
    children: { allTests: () => states.map((state) => ({ result: () => ({ state }) })) },
    errors: () => errors,
  }) as unknown as TestModule

function lineFor(modules: readonly TestModule[], errors: readonly object[] = [], skipped = 0): readonly string[] {
  const lines: string[] = []
  void closingLine({ skipped, print: (line) => lines.push(line) }).onTestRunEnd?.(modules, errors as never, 'passed')
  return lines
}

describe('the closing line', () => {
  it('counts tests of all files', () => {
    expect(lineFor([module(['passed', 'passed', 'failed']), module(['skipped', 'passed'])])).toEqual([
      '3 passed, 1 failed, 1 skipped',
    ])
  })

  it('counts a file that cannot be run, an error outside of tests and an unfinished test as failures', () => {
    expect(lineFor([module([], [{}]), module(['pending'])], [{}])).toEqual(['0 passed, 3 failed, 0 skipped'])
  })

  it('counts what was left out before', () => {
    expect(lineFor([module(['passed'])], [], 2)).toEqual(['1 passed, 0 failed, 2 skipped'])
  })
})
