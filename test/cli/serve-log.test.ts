import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { start } from './support/command.ts'
import type { Running } from './support/command.ts'

const books = ['--today', '2026-01-15', '--invoices', '20', '--no-watch']
const authorization = 'Bearer sk_live_something'

/** What is said of requests, once it says what is waited for. */
async function linesOf({ text }: Running, until: RegExp): Promise<readonly string[]> {
  await expect.poll(() => text().stdout).toMatch(until)
  const [, said = ''] = text().stdout.split('Ctrl-C stops.\n')
  return said.trimEnd().split('\n')
}

describe('a server', () => {
  let server: Running
  beforeAll(async () => {
    server = await start(['stuut', '--prefix', '/stuut', ...books])
  })
  afterAll(() => server.stop())

  it('says of each request what was asked, answered and not understood, in a line', async () => {
    const url = `${server.url}/stuut/v1/invoices`
    const headers = { authorization }
    await fetch(`${url}?limit=1`, { headers })
    await fetch(`${url}?limit=1`)
    await fetch(`${url}?limit=1&limt=2&__proto__=3`, { headers: { ...headers, 'x-proforma-world': 'checkout' } })
    await fetch(`${url}?limit=none`, { headers })
    await fetch(url, { headers, method: 'DELETE' })
    await fetch(`${server.url}/__proforma/clock`)
    await fetch(server.url)
    // The desk's own page fills its tables unseen; nobody else is unseen, and nothing that may change something.
    const browsing = { ...headers, 'x-proforma-desk': 'browse' }
    const own = { ...browsing, 'sec-fetch-site': 'same-origin' }
    await fetch(`${url}?limit=2`, { headers: own })
    await fetch(`${url}?limit=3`, { headers: browsing })
    await fetch(`${url}?limit=4`, { headers: { ...browsing, 'sec-fetch-site': 'cross-site' } })
    await fetch(`${url}/sync`, { headers: own, method: 'POST' })
    await fetch(`${server.url}/nowhere%1b[31m`)
    const ms = String.raw`\d+(?:\.\d)? ms`
    expect(await linesOf(server, /nowhere.*\n/)).toEqual([
      expect.stringMatching(new RegExp(String.raw`^GET  /stuut/v1/invoices\?limit=1 200 ${ms}$`)),
      expect.stringMatching(
        new RegExp(
          String.raw`^GET  /stuut/v1/invoices\?limit=1 401 ${ms} \(Send "Authorization: Bearer any": any value will do\.\)$`,
        ),
      ),
      expect.stringMatching(
        new RegExp(
          String.raw`^GET  /stuut/v1/invoices\?limit=1&limt=2&__proto__=3 200 ${ms} world checkout \(not understood: limt, __proto__\)$`,
        ),
      ),
      expect.stringMatching(/ 422 .*\(query limit: expected .* but received .*none.*\)$/),
      expect.stringMatching(/^DELETE .* 405 .*\(this path has GET, HEAD only\)$/),
      expect.stringMatching(/limit=3 200/),
      expect.stringMatching(/limit=4 200/),
      expect.stringMatching(/^POST .*sync/),
      expect.stringMatching(/^GET  \/nowhere%1b\[31m 404 .*\(no API is served there\)$/),
    ])
  })
})

it('says it as JSON, a line for each request, with headers and bodies where that is asked for, and no secret', async () => {
  const server = await start(['customeros', '--log', 'json', '--verbose', ...books])
  const body = JSON.stringify({ query: '{ invoices { total } }', variables: { password: 'hunter2' } })
  await fetch(`${server.url}/customeros/query?access_token=hunter2`, {
    method: 'POST',
    headers: { 'x-customer-os-api-key': 'hunter2', cookie: 'session=hunter2', 'content-type': 'application/json' },
    body,
  })
  const [line = ''] = await linesOf(server, /customeros\/query.*\n/)
  await server.stop()
  expect(line).not.toContain('hunter2')
  const said = JSON.parse(line) as Record<string, Record<string, unknown>>
  expect(said).toMatchObject({
    method: 'POST',
    path: '/customeros/query?access_token=***',
    status: 200,
    api: 'customeros',
    operation: 'graphqlQuery',
    notes: ['not understood: access_token'],
    request: {
      headers: expect.arrayContaining([['cookie', 'session=***']]),
      body: expect.stringContaining('"password":"***"'),
    },
    answer: {
      headers: expect.arrayContaining([[expect.stringMatching(/content-type/i), expect.stringContaining('json')]]),
    },
  })
  expect(JSON.parse(String(said.answer?.body))).toHaveProperty('data')
})

it('says nothing of requests where it shall be quiet', async () => {
  const server = await start(['stuut', '--quiet', ...books])
  const { status } = await fetch(`${server.url}/stuut/v1/invoices`, { headers: { authorization } })
  const { stdout } = await server.stop()
  expect(status).toBe(200)
  expect(stdout.split('Ctrl-C stops.\n')[1]).toBe('')
})
