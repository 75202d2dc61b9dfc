import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { factory } from '../../index.ts'

/** Examples in doc comments, each with what it gives: `@example invoices.build().currency // 'USD'`. */
const examplesIn = (file: string): (readonly [code: string, result: string])[] =>
  [...readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8').matchAll(/@example (.+) \/\/ (.+)$/gm)].map(
    ([, code = '', result = '']) => [code, result],
  )

const examples = ['factories/factory.ts', 'index.ts'].flatMap(examplesIn)

/** Returns the value of an expression about a factory of invoices. */
const valueOf = (code: string): unknown =>
  runInNewContext(`(${code})`, { factory, invoices: factory('stuut', { seed: 42 }) })

describe('the examples of a factory', () => {
  it.each(examples)('hold: %s gives %s', (code, result) => {
    expect(valueOf(code)).toEqual(valueOf(result))
  })

  it('show everything that users call', () => {
    const text = readFileSync(new URL('../../factories/factory.ts', import.meta.url), 'utf8')
    const methods = Object.keys(factory('stuut'))
    const shown = methods.filter((name) => examples.some(([code]) => code.includes(`invoices.${name}(`)))
    expect(shown).toEqual(methods)
    expect(text).toContain("const invoices = factory('stuut', { seed: 42 })")
  })
})
