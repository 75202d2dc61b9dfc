import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apiNames } from '../../spec/index.ts'
import { newFolder, start } from './support/command.ts'
import type { Running } from './support/command.ts'
import { runHere } from './support/run-here.ts'
import { pasted } from './support/pasted.ts'

describe('serve', () => {
  let server: Running
  beforeAll(async () => {
    server = await start(['--today', '2026-01-15', '--seed', '7', '--invoices', '30'])
  })
  afterAll(async () => void (await server.stop()))

  it('tells what is served where, and nothing else', () => {
    const { stdout, stderr } = server.text()
    expect(stderr).toBe('')
    expect(stdout).toMatch(/^proforma \d+\.\d+\.\d+ {2}seed 7 · 30 invoices · today 2026-01-15\n\n/)
    for (const name of apiNames) expect(stdout).toMatch(new RegExp(`^  ${name} +${server.url}/${name} +\\S`, 'm'))
    expect(stdout).toMatch(/\n\nCtrl-C stops\.\n$/)
  })

  it('lists its APIs at its root', async () => {
    const { apis } = (await (await fetch(server.url)).json()) as { apis: { name: string }[] }
    expect(apis.map(({ name }) => name)).toEqual(apiNames)
  })

  it('prints one curl line for each API, and each shows invoices', async () => {
    const lines = server
      .text()
      .stdout.split('\n')
      .filter((line) => line.startsWith('  curl '))
    expect(lines).toHaveLength(apiNames.length)
    for (const line of lines) {
      const response = await pasted(line)
      expect([line, response.status]).toEqual([line, 200])
      expect((await response.text()).length).toBeGreaterThan(200)
    }
  })

  it('serves one set of books: every API knows the same invoice numbers', async () => {
    const headers = { authorization: 'Bearer any', 'x-customer-os-api-key': 'any' }
    const answers = await Promise.all([
      fetch(`${server.url}/stuut/v1/invoices?limit=100`, { headers }),
      fetch(`${server.url}/customeros/invoices?limit=100`, { headers }),
    ])
    const [one, other] = (await Promise.all(answers.map((answer) => answer.json()))) as [
      { data: { number: string }[] },
      { content: { invoiceNumber: string }[] },
    ]
    const numbers = one.data.map(({ number }) => number).toSorted()
    expect(new Set(numbers).size).toBe(30)
    expect(other.content.map(({ invoiceNumber }) => invoiceNumber).toSorted()).toEqual(numbers)
  })
})

describe('serving', () => {
  it('refuses GraphQL that costs more than it is told', async () => {
    const server = await start(['customeros', '--graphql-cost', '2000'])
    const answer = await fetch(`${server.url}/customeros/query`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-customer-os-api-key': 'any' },
      body: JSON.stringify({ query: '{ invoices { totalElements } }' }),
    })
    expect(await answer.text()).toMatch(/expected a cost of at most 2000 but received \d+\..* --graphql-cost\./)
    await server.stop()
  })

  it.each([['SIGINT'], ['SIGTERM'], ['SIGINT', 'SIGINT']] as const)(
    'ends with %s %s, and all is well',
    async (...signals) => {
      const server = await start(['truto', '--invoices', '3'])
      expect((await fetch(server.url)).status).toBe(200)
      expect(await server.stop(...signals)).toMatchObject({ code: 0, stderr: '' })
      await expect(fetch(server.url)).rejects.toThrow()
    },
  )

  it('serves the APIs that are named, on the day it is', async () => {
    const server = await start(['truto', 'stuut', 'truto'])
    const { stdout } = await server.stop()
    expect(stdout.match(/^ {2}\w+ +http/gm)?.map((line) => line.trim().split(' ')[0])).toEqual(['truto', 'stuut'])
    const now = new Date()
    const days = [-1, 0].map((back) => new Intl.DateTimeFormat('sv').format(now.getTime() + back * 60_000))
    expect(days).toContain(/today (\S+)/.exec(stdout)?.[1])
  })

  it('answers the same bytes for the same seed and day, but for its own address in links', async () => {
    const bytes = async (seed: string, links = 'own'): Promise<string> => {
      const server = await start([
        'stuut',
        '--seed',
        seed,
        '--today',
        '2026-01-15',
        '--invoices',
        '20',
        '--links',
        links,
      ])
      const response = await fetch(`${server.url}/stuut/v1/invoices?limit=20`, {
        headers: { authorization: 'Bearer any' },
      })
      const text = await response.text()
      await server.stop()
      return text.replaceAll(`${server.url}/stuut/__files/`, 'https://')
    }
    const first = await bytes('one')
    expect(first.length).toBeGreaterThan(10_000)
    expect(await bytes('one', 'data')).toBe(first)
    expect(await bytes('two')).not.toBe(first)
  })

  it('with Prism gives our invoices, validated by Prism', async () => {
    const server = await start(['stuut', '--engine', 'prism', '--today', '2026-01-15', '--invoices', '5'])
    expect(server.text().stdout).toContain('engine prism')
    const [curl = ''] = server
      .text()
      .stdout.split('\n')
      .filter((line) => line.startsWith('  curl '))
    const response = await pasted(curl)
    expect([response.status, response.headers.get('sl-violations')]).toEqual([200, null])
    expect(await response.text()).toContain('"object":"invoice"')
    const refused = await fetch(`${server.url}/stuut/v1/invoices`)
    expect([refused.status, refused.headers.has('sl-violations')]).toEqual([401, true])
    expect((await server.stop('SIGINT')).code).toBe(0)
  })
})

describe('a document of one’s own', () => {
  const folder = newFolder()
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const schema = {
    type: 'object',
    required: ['id', 'total'],
    properties: { id: { type: 'string' }, total: { type: 'string', pattern: '^\\d+\\.\\d\\d$' } },
  }
  const document = {
    openapi: '3.1.0',
    info: { title: 'My bills', version: '1' },
    security: [{ key: [] }],
    paths: {
      '/bills': {
        get: {
          parameters: [
            { name: 'tenant', in: 'header', required: true, schema: { type: 'string', examples: ["o'hara"] } },
          ],
          responses: {
            default: { description: 'not ok', content: { 'application/problem+json': { schema: { type: 'object' } } } },
            200: { description: 'ok', content: { 'application/json': { schema: { type: 'array', items: schema } } } },
          },
        },
      },
    },
    components: { securitySchemes: { key: { type: 'apiKey', in: 'query', name: 'key' } } },
  }
  const items = '$.paths["/bills"].get.responses["200"].content["application/json"].schema'
  const overlay = {
    overlay: '1.0.0',
    info: { title: 'Roles', version: '1' },
    actions: [
      { target: '$.paths["/bills"].get', update: { 'x-operation': 'list' } },
      { target: items, update: { 'x-role': 'page.items' } },
      { target: `${items}.items.properties.id`, update: { 'x-role': 'invoice.id' } },
      { target: `${items}.items.properties.total`, update: { 'x-role': { role: 'invoice.total', as: 'string' } } },
    ],
  }
  writeFileSync(join(folder, 'my-bills.json'), JSON.stringify(document))
  writeFileSync(join(folder, 'roles.json'), JSON.stringify(overlay))
  const own = ['--document', 'my-bills.json', '--overlay', 'roles.json']

  it('is served under its name, checked and seeded like the others', async () => {
    const server = await start([...own, '--invoices', '4', '--today', '2026-01-15'], { cwd: folder })
    const [curl = ''] = server
      .text()
      .stdout.split('\n')
      .filter((line) => line.startsWith('  curl '))
    expect(curl).toContain(`${server.url}/my-bills/bills?key=any`)
    const bills = (await (await pasted(curl)).json()) as unknown[]
    const checked = await runHere(
      ['check', ...own, '--url', `${server.url}/my-bills`, '--param', 'key=very-secret', '--today', '2026-01-15'],
      { cwd: folder },
    )
    await server.stop()
    expect(bills).toHaveLength(4)
    expect(bills[0]).toEqual({ id: expect.any(String), total: expect.stringMatching(/^\d+\.\d\d$/) })
    expect(checked).toMatchObject({ code: 0, stdout: expect.stringContaining('No violations'), stderr: '' })
    expect(checked.stdout).not.toContain('very-secret')
    const seeded = await runHere(['seed', ...own, '--invoices', '4', '--today', '2026-01-15', '--to', '-'], {
      cwd: folder,
    })
    expect(
      seeded.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(expect.arrayContaining(bills))
  })
})
