import { describe, expect, it } from 'vitest'
import { onceLoaded } from '../../mocks/mock.ts'

const ask = () => new Request('http://localhost/')
const answer = async () => new Response('answered')

describe('a fetch that is loaded with the first request', () => {
  it('is loaded once, for all requests that wait for it and all that follow', async () => {
    let loads = 0
    const fetch = onceLoaded(async () => {
      loads++
      return answer
    })
    expect(loads).toBe(0)
    const responses = await Promise.all([fetch(ask()), fetch(ask())])
    responses.push(await fetch(ask()))
    expect(await Promise.all(responses.map((response) => response.text()))).toEqual([
      'answered',
      'answered',
      'answered',
    ])
    expect(loads).toBe(1)
  })

  it('is loaded again after that has failed', async () => {
    let loads = 0
    const fetch = onceLoaded(async () => {
      if (loads++ === 0) throw new TypeError('no network')
      return answer
    })
    await expect(fetch(ask())).rejects.toThrow('no network')
    expect(await (await fetch(ask())).text()).toBe('answered')
    expect(loads).toBe(2)
  })
})
