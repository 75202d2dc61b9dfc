import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { newFolder, run, start } from './support/command.ts'
import { runHere } from './support/run-here.ts'

const server = createServer((_, outgoing) =>
  outgoing.writeHead(500, { 'content-type': 'application/json' }).end('{"detail":"Oops."}'),
)
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

it('prints the smallest failure as curl and as a test, without credentials, and ends with 1', async () => {
  const folder = newFolder()
  const { code, stdout } = await run([
    'fuzz',
    'stuut',
    '--url',
    url,
    '-H',
    'Authorization: Bearer top-secret',
    '--seed',
    '7',
    '--runs',
    '10',
    '--json',
    join(folder, 'fuzz.json'),
  ])
  expect(code).toBe(1)
  expect(stdout).toContain(
    `GET /v1/invoices → 500\n  PF-SERVER  the server does not fail\n    expected a status below 500 but received 500`,
  )
  expect(stdout).toContain(`  curl '${url}/v1/invoices' -H 'authorization: ***'`)
  expect(stdout).toMatch(
    /again: proforma fuzz stuut --url \S+ -H 'Authorization: \*\*\*' --seed 7 --kind valid --operation listInvoices --path [\d:]+\n/,
  )
  expect(stdout).toContain("  │   await expect(response).toHonourContract('stuut', 'listInvoices')")
  expect(stdout).toMatch(/\d of \d properties failed in \d+ requests, seed 7\.\n$/)
  const json = readFileSync(join(folder, 'fuzz.json'), 'utf8')
  expect(JSON.parse(json)).toMatchObject({ api: 'stuut', seed: 7 })
  expect(stdout + json).not.toContain('top-secret')
})

it('takes credentials from the environment or a file, and says the whole command that repeats a failure', async () => {
  const folder = newFolder()
  const seen = new Set<string | undefined>()
  const own = createServer((incoming, outgoing) => {
    seen.add(incoming.headers.authorization)
    outgoing.writeHead(500, { 'content-type': 'application/json' }).end('{"detail":"Oops."}')
  })
  await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(own.address() as AddressInfo).port}`
  writeFileSync(join(folder, 'headers'), 'X-Tenant: tenant-of-mine\n')
  writeFileSync(join(folder, 'proforma.config.json'), JSON.stringify({ apis: { stuut: { retries: 0 } } }))
  const { code, stdout } = await runHere(
    [
      'fuzz',
      'stuut',
      '--url',
      address,
      '--header-env',
      'Authorization=API_AUTH',
      '--header-file',
      'headers',
      '-H',
      'X-More: more-secret',
      '--param',
      'limit=5',
      '--seed',
      '7',
      '--runs',
      '5',
    ],
    { cwd: folder, env: { API_AUTH: 'Bearer from-env' } },
  )
  own.closeAllConnections()
  own.close()
  expect([code, [...seen]]).toEqual([1, ['Bearer from-env']])
  expect(stdout).toContain(
    `  again: proforma fuzz stuut --url ${address} -H 'X-More: ***' --header-env Authorization=API_AUTH --header-file headers --param limit=5 --seed 7 --kind `,
  )
  expect(stdout).not.toMatch(/from-env|tenant-of-mine|more-secret/)
})

it('after a check is told of in every report of that run', async () => {
  const folder = newFolder()
  const { code, stdout } = await runHere(
    [
      'check',
      'stuut',
      '--url',
      url,
      '-H',
      'Authorization: Bearer top-secret',
      '--fuzz',
      '10',
      '--seed',
      '7',
      '--report',
      'junit=report.xml',
      '--report',
      'json=report.json',
    ],
    { cwd: folder },
  )
  expect(code).toBe(1)
  expect(stdout).toContain('properties failed in')
  const { violations } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as {
    violations: { request: string }[]
  }
  expect(violations.map(({ request }) => request)).toContain('GET /v1/invoices → 500')
  expect(readFileSync(join(folder, 'report.xml'), 'utf8')).toMatch(/PF-SERVER GET \/v1\/invoices\/\S+ → 500 /)
})

it('ends with 2 for an unknown operation or kind, and a server that is not there', async () => {
  const { code, stderr } = await runHere(['fuzz', 'stuut', '--url', url, '--operation', 'listInvoice'])
  expect([code, stderr]).toEqual([2, expect.stringContaining('Did you mean "listInvoices"?')])
  expect((await runHere(['fuzz', 'stuut', '--url', url, '--kind', 'bad'])).code).toBe(2)
  expect((await runHere(['fuzz', 'stuut', '--url', 'http://127.0.0.1:9'])).stderr).toContain(
    'Failed to reach http://127.0.0.1:9',
  )
})

it('works in a world of its own where proforma serves, so that nobody else sees what it changes', async () => {
  const served = await start(['customeros', '--today', '2026-01-15'])
  const { code, stdout } = await runHere([
    'fuzz',
    'customeros',
    '--url',
    `${served.url}/customeros`,
    '-H',
    'X-CUSTOMER-OS-API-KEY: any',
    '--seed',
    '7',
    '--runs',
    '40',
    '--allow-writes',
    '--today',
    '2026-01-15',
  ])
  const status: unknown = await (await fetch(`${served.url}/__proforma`)).json()
  await served.stop()
  expect([code, status]).toEqual([0, expect.objectContaining({ changes: 0, worlds: 1 })])
  expect(stdout).toContain(`at ${served.url}/__world/fuzz-7/customeros`)
  expect(stdout).toMatch(/voidInvoice +valid +\d+ runs +200/)
  expect(stdout).toContain('graphqlQuery: GraphQL queries are not drawn; a check asks the documented ones')
})
