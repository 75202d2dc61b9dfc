import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random } from '../../../factories/random.ts'
import { compileText } from '../../../factories/sample/pattern-text.ts'

const any = { min: 0, max: Infinity }

/** Patterns of anything a provider may write, but lookarounds. */
const { pattern } = fc.letrec<{ pattern: string; atom: string }>((tie) => ({
  atom: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom('a', 'é', '🐲', '\\d', '\\w', '[a-f]', '[^a-z]', '.', '\\.', '\\u0041', '[\\s_-]'),
    tie('pattern').map((inner) => `(?:${inner})`),
  ),
  pattern: fc.oneof(
    fc
      .array(
        fc.tuple(tie('atom'), fc.constantFrom('', '', '?', '{2}', '{1,3}')).map(([atom, times]) => atom + times),
        { minLength: 1, maxLength: 4 },
      )
      .map((parts) => parts.join('')),
    fc.tuple(tie('atom'), tie('atom')).map(([left, right]) => `${left}|${right}`),
  ),
}))

describe('compileText', () => {
  it('matches any pattern', () => {
    fc.assert(
      fc.property(pattern, fc.boolean(), fc.nat(), (inner, whole, seed) => {
        const source = whole ? `^(?:${inner})$` : inner
        expect(compileText({ ...any, patterns: [source] })(Random.of(seed))).toMatch(new RegExp(source, 'u'))
      }),
      { numRuns: 300 },
    )
  })

  it('keeps to the length, in code points', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(), (length, seed) => {
        const text = compileText({ patterns: ['^(?:🐲|[a-z])+\\d$'], min: length + 1, max: length + 1 })(
          Random.of(seed),
        )
        expect([...(text ?? '')]).toHaveLength(length + 1)
      }),
      { numRuns: 50 },
    )
  })

  it('matches what must, and not what must not', () => {
    const text = compileText({ patterns: ['^[a-d]+$', 'a.*b.*c'], forbidden: ['aa', 'd'], min: 8, max: 10 })
    for (let seed = 0; seed < 20; seed++) {
      expect(text(Random.of(seed))).toMatch(/^(?!.*aa)(?=.*a.*b.*c)[abc]{8,10}$/)
    }
  })

  it('gives nothing where there is nothing', () => {
    expect(compileText({ ...any, patterns: ['^a', '^b'] })(Random.of(1))).toBeUndefined()
    expect(compileText({ ...any, patterns: ['$.^'] })(Random.of(1))).toBeUndefined()
    expect(compileText({ min: 4, max: 9, patterns: ['^a{3}$'] })(Random.of(1))).toBeUndefined()
  })

  it('prefers letters that can be read', () => {
    const text = compileText({ ...any, patterns: ['^.{12}$'] })
    for (let seed = 0; seed < 20; seed++) expect(text(Random.of(seed))).toMatch(/^[A-Za-z0-9]{12}$/)
  })
})
