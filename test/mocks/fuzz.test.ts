import { describe, expect, it } from 'vitest'
import { kinds } from '../fuzz/hostile.ts'
import { flawsIn, fuzzServer } from '../fuzz/run.ts'

describe('a server of four APIs and a foreign document', () => {
  it(
    'answers sound and hostile requests without failing, hanging or showing a stack',
    { timeout: 900_000 },
    async () => {
      const { flaws, tallies } = await fuzzServer({ seed: 1, requests: 2000 })
      expect(flaws).toEqual([])
      expect([...tallies.keys()].toSorted()).toEqual(
        [...Object.keys(kinds), 'customeros', 'lending', 'nuntiq', 'stuut', 'truto'].toSorted(),
      )
      const reached = [...tallies.values()].reduce((sum, tally) => sum + tally.reached, 0)
      expect(reached).toBeGreaterThan(1200)
    },
  )
})

describe('a fuzzed answer', () => {
  const ask = { method: 'GET', path: '/', headers: {} }
  const shot = { number: 7, kind: 'stuut', isSound: true, ask }
  const whats = (status: number, text: string, more = {}): readonly string[] =>
    flawsIn({ ...shot, ...more }, [{ status, text }]).map(({ what }) => what)

  it('is a failure where it is 5xx and nobody asked for that', () => {
    expect(whats(500, 'Oops')).toEqual(['500 Oops · GET /'])
    expect(whats(503, '', { mayFail: true })).toEqual([])
    expect(whats(404, 'There is none.')).toEqual([])
  })

  it('is a failure where it shows what the server is made of', () => {
    expect(whats(400, 'TypeError: x is not a function')).toHaveLength(1)
    expect(whats(200, 'Error\n    at run (/srv/a.ts:1:2)')).toHaveLength(1)
    expect(whats(200, 'Look at the error type.')).toEqual([])
  })

  it('is a failure where there is none to a sound request', () => {
    expect(flawsIn(shot, [])).toEqual([{ number: 7, kind: 'stuut', what: 'no answer · GET /' }])
    expect(flawsIn({ ...shot, isSound: false }, [])).toEqual([])
  })
})
