import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { takeOf } from '../../spec/take.ts'

const names = ['a', 'b c', 'ünit', 'constructor', 'toString', '__proto__', 'quote\'"`${x}']
const value = fc.constantFrom<unknown>(null, undefined, 0, 1.5, 'text', false, [1])
const kept = fc
  .record({
    chosen: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1 }),
    silent: fc.array(fc.boolean(), { minLength: names.length, maxLength: names.length }),
  })
  .map(({ chosen, silent }) => {
    let size = 0
    const slots = chosen.map((_, at) => (silent[at] ? -1 : size++))
    return { names: chosen, slots, size }
  })
const object = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...names, 'stranger'), value), { selector: ([name]) => name })
  .map(
    (members) =>
      JSON.parse(
        `{${members
          .filter(([, each]) => each !== undefined)
          .map(([name, each]) => `${JSON.stringify(name)}:${JSON.stringify(each)}`)
          .join(',')}}`,
      ) as Record<string, unknown>,
  )

describe('what takes values out of objects', () => {
  it('takes the same with code that was made for it and without', () => {
    fc.assert(
      fc.property(kept, object, (places, members) => {
        const straight = [...takeOf(places, 0)(members)]
        const plain = [...takeOf(places, Infinity)(members)]
        const wanted = places.names.flatMap((name, at) =>
          places.slots[at] === -1 ? [] : [Object.hasOwn(members, name) ? (members[name] ?? undefined) : undefined],
        )
        expect(straight).toEqual(wanted)
        expect(plain).toEqual(wanted)
      }),
    )
  })

  it('goes on the same way when it changes over', () => {
    const take = takeOf({ names: ['a', 'b'], slots: [0, 1], size: 2 }, 2)
    expect([1, 2, 3, 4].map((b) => take({ b, a: null })[1])).toEqual([1, 2, 3, 4])
  })
})
