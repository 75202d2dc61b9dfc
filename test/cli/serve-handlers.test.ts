import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newFolder, run, start } from './support/command.ts'
import type { Running } from './support/command.ts'

const headers = { authorization: 'Bearer any' }
const books = ['--today', '2026-01-15', '--invoices', '20']

/** A folder with MSW, as a project has it. */
function project(): string {
  const folder = newFolder()
  symlinkSync(join(import.meta.dirname, '../../node_modules'), join(folder, 'node_modules'))
  return folder
}

describe('handlers in front of a server', () => {
  const folder = project()
  const file = join(folder, 'mine.ts')
  let server: Running
  const get = async (path: string): Promise<readonly [number, string]> => {
    const response = await fetch(`${server.url}/stuut${path}`, { headers })
    return [response.status, await response.text()]
  }
  const write = (handlers: string): void =>
    writeFileSync(
      file,
      `import { http, HttpResponse, passthrough } from 'msw'\nconst name: string = 'mine'\nexport const handlers = [\n${handlers}\n]\n`,
    )

  beforeAll(async () => {
    write(`
      http.get('*/v1/invoices/one', () => HttpResponse.json({ name })),
      http.get('https://api.stuut.ai/v1/teapot', () => new HttpResponse('tea', { status: 418 })),
      http.get('/v1/invoices', ({ request }) => new URL(request.url).searchParams.has('mine') ? HttpResponse.json([name]) : passthrough()),
      http.post('*/v1/echo', async ({ request }) => HttpResponse.json(await request.json())),
      http.get('*/v1/broken', () => { throw new Error('it broke') }),
    `)
    server = await start(['stuut', '--handlers', file, ...books])
  })
  afterAll(() => server.stop())

  it('answer first, by any origin that the document names, and let the rest pass', async () => {
    expect(await get('/v1/invoices/one')).toEqual([200, '{"name":"mine"}'])
    expect(await get('/v1/teapot')).toEqual([418, 'tea'])
    expect(await get('/v1/invoices?mine')).toEqual([200, '["mine"]'])
    const [status, text] = await get('/v1/invoices?limit=1')
    expect([status, text]).toEqual([200, expect.stringContaining('"total_records":20')])
    const echo = await fetch(`${server.url}/stuut/v1/echo`, { method: 'POST', headers, body: '{"a":[1]}' })
    expect(await echo.json()).toEqual({ a: [1] })
  })

  it('that throw are answered with 500, and the server goes on', async () => {
    expect(await get('/v1/broken')).toEqual([500, expect.stringContaining('A handler threw: it broke')])
    expect((await get('/v1/invoices?limit=1'))[0]).toBe(200)
    expect(server.text().stderr).toMatch(/A handler threw at GET \/v1\/broken: Error: it broke\n.*mine\.ts/)
  })

  it('are read again when the file changes; a mistake in it is one line, and the server goes on with what it had', async () => {
    write("http.get('*/v1/invoices/one', () => HttpResponse.json({ name: 'other' })),")
    await expect.poll(() => get('/v1/invoices/one')).toEqual([200, '{"name":"other"}'])
    writeFileSync(file, "export const a = 1\n\nthrow new Error('not yet')\n")
    await expect
      .poll(() => server.text().stderr)
      .toMatch(
        /Failed to load handlers from .*mine\.ts:3:7: expected a module that can be loaded but received Error: not yet\.\n/,
      )
    expect(await get('/v1/invoices/one')).toEqual([200, '{"name":"other"}'])
  })
})

it.each([
  ['none.ts', undefined, /expected a module that can be loaded but received ENOENT/],
  [
    'odd.js',
    'export const handler = 1',
    /expected an export "handlers" with a list of MSW handlers but received exports handler\./,
  ],
  ['syntax.js', 'export const = 1', /expected a module that can be loaded but received SyntaxError/],
])('%s is refused in a sentence', async (name, text, says) => {
  const folder = project()
  if (text !== undefined) writeFileSync(join(folder, name), text)
  const { code, stderr } = await run(['serve', 'stuut', '--port', '0', '--handlers', join(folder, name), ...books])
  expect(code).toBe(2)
  expect(stderr).toMatch(says)
  expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(2)
})
