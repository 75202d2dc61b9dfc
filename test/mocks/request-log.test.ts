import { describe, expect, it } from 'vitest'
import { RequestLog, serve } from '../../mocks/server.ts'
import type { ObservedRequest } from '../../mocks/server.ts'

const request = (body: number, answer: number): ObservedRequest => ({
  at: 0,
  ms: 1,
  world: '',
  method: 'POST',
  url: '/a',
  target: '/a',
  headers: [],
  body: new Uint8Array(body),
  answer: { status: 200, headers: [], body: new Uint8Array(answer), size: answer, isWhole: true },
})

const numbers = (log: RequestLog): number[] => log.list().map(({ number }) => number)

describe('a log of requests', () => {
  it('keeps the latest of so many', () => {
    const log = new RequestLog({ maxRequests: 3 })
    for (let count = 0; count < 5; count++) log.add(request(0, 0))
    expect(numbers(log)).toEqual([3, 4, 5])
    expect(log.find(2)).toBeUndefined()
    expect(log.find(4)).toMatchObject({ number: 4, url: '/a' })
  })

  it('keeps so many bytes of bodies, and the last request whatever its size', () => {
    const log = new RequestLog({ maxBytes: 100 })
    for (let count = 0; count < 4; count++) log.add(request(10, 30))
    expect(numbers(log)).toEqual([3, 4])
    log.add(request(0, 500))
    expect(numbers(log)).toEqual([5])
    log.add(request(0, 0))
    expect(numbers(log)).toEqual([6])
  })

  it('tells who listens, and no longer than that', () => {
    const log = new RequestLog()
    const heard: number[] = []
    const stop = log.listen(({ number }) => heard.push(number))
    log.add(request(0, 0))
    log.clear()
    log.add(request(0, 0))
    stop()
    log.add(request(0, 0))
    expect(heard).toEqual([1, 2])
    expect(numbers(log)).toEqual([2, 3])
  })
})

it('a server tells what was asked and answered, whatever wrote the answer', async () => {
  const seen: ObservedRequest[] = []
  const answer = (text: string): Response => new Response(text, { status: 201, headers: { 'x-one': 'two' } })
  const server = await serve(
    [
      {
        prefix: '/api',
        fetch: async (request) => answer(`${request.method} ${new URL(request.url).pathname} ${await request.text()}`),
      },
    ],
    { onAnswered: (observed) => seen.push(observed) },
  )
  await (await fetch(`${server.url}/__world/mine/api/things?a=b`, { method: 'PUT', body: 'some text' })).text()
  await (await fetch(`${server.url}/nowhere`)).text()
  await (await fetch(server.url)).text()
  await expect.poll(() => seen.length).toBe(2)
  await server.close()
  expect(seen[0]).toMatchObject({
    method: 'PUT',
    url: '/__world/mine/api/things?a=b',
    target: '/things?a=b',
    prefix: '/api',
    world: 'mine',
    answer: { status: 201, size: 21, isWhole: true },
  })
  expect(new TextDecoder().decode(seen[0]?.body)).toBe('some text')
  expect(new TextDecoder().decode(seen[0]?.answer?.body)).toBe('PUT /things some text')
  expect(seen[0]?.answer?.headers).toContainEqual(['x-one', 'two'])
  expect(seen[1]).toMatchObject({ url: '/nowhere', answer: { status: 404 } })
  expect(seen[1]).not.toHaveProperty('prefix')
})
