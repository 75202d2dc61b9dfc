import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random } from '../../factories/index.ts'
import { TooMuchEffort, withinEffort } from '../../spec/pattern/effort.ts'
import { followAll } from '../../spec/pattern/linear.ts'
import { parsePattern } from '../../spec/pattern/parse.ts'
import { patternOf } from '../../spec/pattern/pattern.ts'

/** Patterns of anything a provider may write, loops over loops included. */
const { pattern } = fc.letrec<{ pattern: string; atom: string }>((tie) => ({
  atom: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(
      'a',
      'b',
      'é',
      '🐲',
      '\\d',
      '\\w',
      '[a-f]',
      '[^a-z]',
      '.',
      '\\.',
      '\\u0041',
      '[\\s_-]',
      '(?=a)',
      '(?<!b)',
    ),
    tie('pattern').map((inner) => `(?:${inner})`),
    tie('pattern').map((inner) => `(${inner})`),
  ),
  pattern: fc.oneof(
    fc
      .array(
        fc
          .tuple(tie('atom'), fc.constantFrom('', '', '?', '{2}', '{1,3}', '*', '+', '*?'))
          .map(([atom, times]) => (atom.startsWith('(?=') || atom.startsWith('(?<') ? atom : atom + times)),
        { minLength: 1, maxLength: 4 },
      )
      .map((parts) => parts.join('')),
    fc.tuple(tie('atom'), tie('atom')).map(([left, right]) => `${left}|${right}`),
  ),
}))
const letters = fc.constantFrom('a', 'b', 'é', '🐲', 'A', '1', '.', ' ', '_', '-', 'z', '\n')
const texts = fc.array(fc.string({ unit: letters, maxLength: 12 }), { minLength: 6, maxLength: 6 })

describe('patternOf', () => {
  it('gives the verdicts of the runtime, whichever matcher takes the pattern', () => {
    let judged = 0
    fc.assert(
      fc.property(pattern, fc.constantFrom('', '^', '^$'), texts, (inner, ends, given) => {
        const source = ends === '' ? inner : ends === '^' ? `^${inner}` : `^(?:${inner})$`
        const ready = patternOf(source)
        const native = new RegExp(source, 'u')
        const linear = followAll(parsePattern(source), { source, flags: 'u' }, false)
        for (const text of given) {
          if (!ready.fault) expect([source, text, ready.test(text)]).toEqual([source, text, native.test(text)])
          if (linear) expect([source, text, linear(text)]).toEqual([source, text, native.test(text)])
          judged += linear ? 1 : 0
        }
      }),
      { numRuns: Number(process.env.RUNS ?? 400) },
    )
    expect(judged).toBeGreaterThan(1_000)
  })

  it.each([
    ['^(a+)+$', `${'a'.repeat(10_000)}!`],
    ['^([a-zA-Z0-9]+\\s?)+$', `${'a'.repeat(10_000)}!`],
    ['^(a|a)*$', `${'a'.repeat(10_000)}b`],
    ['(x+x+)+y', 'x'.repeat(10_000)],
    ['\\s+$', `${' '.repeat(500_000)}x`],
    ['^\\s*(.*?)\\s*$', `${' '.repeat(200_000)}\n`],
    ['.*.*=.*', 'x'.repeat(200_000)],
    ['^(?=.*[A-Z])(?=.*\\d).*\\d.*$', 'a'.repeat(200_000)],
    ['^[\\w.+-]+@([\\w-]+\\.)+[\\w-]{2,}$', `a@${'a.'.repeat(100_000)}`],
    ['(?i)^(?:a|A)+$', `${'aA'.repeat(100_000)}!`],
    ['(a?){900}b', 'a'.repeat(10_000_000)],
  ])('does not hang over %s', (source, text) => {
    const { fault, test } = patternOf(source)
    expect([fault, typeof test(text)]).toEqual([undefined, 'boolean'])
  })

  it('gives up where more is asked of a pattern than a request may take, and only there', () => {
    const { test } = patternOf('[ab]*a[ab]{900}$')
    const random = Random.of(1)
    const text = Array.from({ length: 200_000 }, (_, index) => random.at(index).pick(['a', 'b'])).join('')
    expect(() => withinEffort(() => test(text))).toThrow(TooMuchEffort)
    expect(withinEffort(() => test(text.slice(0, 2_000)))).toBe(text.at(1_099) === 'a')
    expect(() => withinEffort(() => Array.from({ length: 1_000 }, () => patternOf('^b').test(text)))).toThrow(
      'Failed to judge a value',
    )
  })

  it.each<[string, string, string]>([
    ['^\\d{4}\\-\\d{2}$', '2026-11', '2026/11'],
    ['^[\\w-.]+$', 'a-b.c', 'a b'],
    ['^https\\:\\/\\/[a-z]+$', 'https://a', 'http://a'],
    ['(?i)^abc$', 'ABC', 'abd'],
    ['/^abc$/i', 'ABC', '/abc/i'],
    ['^(?P<year>\\d{4})$', '2026', '26'],
    ['\\Aab\\z', 'ab', 'Aabz'],
    ['^\\p{Lu}$', 'Ä', 'ä'],
    ['/v1/i', '/v1/i', '/V1/I'],
  ])('reads %s as it is meant', (source, right, wrong) => {
    const ready = patternOf(source)
    expect([ready.fault, ready.test(right), ready.test(wrong)]).toEqual([undefined, true, false])
  })

  it.each([
    ['(', 'a regular expression (ECMA-262)', '"("'],
    ['(?>a)', 'a regular expression (ECMA-262)', '"(?>a)"'],
    ['^(a+)\\1+$', 'a regular expression (ECMA-262) that ends in time', '"^(a+)\\\\1+$", which may backtrack forever'],
  ])('has a fault, and matches everything, where it is %s', (source, expected, received) => {
    const { fault, test } = patternOf(source)
    expect([fault, test('anything')]).toEqual([{ expected, received }, true])
  })
})
