import { describe, expect, it } from 'vitest'
import { json, ndjson } from '../../seeds/index.ts'

async function gather(chunks: AsyncIterable<string>): Promise<string[]> {
  const gathered: string[] = []
  for await (const chunk of chunks) gathered.push(chunk)
  return gathered
}

describe('ndjson', () => {
  it('has one text a line, the last one ended too', async () => {
    expect((await gather(ndjson(['{"a":1}', '[2]']))).join('')).toBe('{"a":1}\n[2]\n')
  })

  it('is empty where there is nothing', async () => {
    expect(await gather(ndjson([]))).toEqual([])
  })
})

describe('json', () => {
  it('is one array, one text a line', async () => {
    expect((await gather(json(['{"a":1}', '[2]']))).join('')).toBe('[\n{"a":1},\n[2]\n]\n')
  })

  it('is an empty array where there is nothing', async () => {
    expect((await gather(json([]))).join('')).toBe('[]\n')
  })
})

describe.each([
  ['ndjson', ndjson],
  ['json', json],
])('chunks of %s', (_, form) => {
  const text = JSON.stringify({ note: 'ü€𝄞'.repeat(100) })

  it('are large, and none of them holds everything', async () => {
    const chunks = await gather(form(Array.from({ length: 2000 }, () => text)))
    expect(chunks.length).toBeGreaterThan(5)
    expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThan(70_000)
    expect(Math.min(...chunks.slice(0, -1).map(({ length }) => length))).toBeGreaterThan(60_000)
  })

  it('are made when asked for', async () => {
    let made = 0
    function* endless(): Generator<string> {
      for (;;) {
        made++
        yield text
      }
    }
    const chunks = form(endless())
    expect(made).toBe(0)
    await chunks.next()
    const afterOne = made
    await chunks.next()
    await chunks.return()
    expect(afterOne).toBeGreaterThan(0)
    expect(made).toBeLessThan(afterOne * 3)
  })
})
