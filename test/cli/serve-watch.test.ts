import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { newFolder, start } from './support/command.ts'
import type { Running } from './support/command.ts'
import { runHere } from './support/run-here.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const documentWith = (title: string, field: string) =>
  JSON.stringify({
    openapi: '3.1.0',
    info: { title, version: '1' },
    paths: {
      '/bills': {
        get: {
          'x-operation': 'list',
          responses: {
            200: {
              description: 'ok',
              content: {
                'application/json': {
                  schema: { type: 'array', 'x-role': 'page.items', items: { $ref: '#/components/schemas/Bill' } },
                },
              },
            },
          },
        },
      },
      '/bills/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' }, 'x-role': 'invoice.id' }],
        delete: { 'x-operation': 'delete', responses: { 204: { description: 'gone' } } },
      },
    },
    components: {
      schemas: {
        Bill: {
          type: 'object',
          required: ['id', field],
          properties: {
            id: { type: 'string', 'x-role': 'invoice.id' },
            [field]: { type: 'number', 'x-role': 'invoice.total' },
          },
        },
      },
    },
  })

function project(): string {
  const folder = newFolder()
  folders.push(folder)
  writeFileSync(join(folder, 'bills.json'), documentWith('Bills', 'total'))
  return folder
}

type Bill = Readonly<Record<string, unknown>>
const bills = async (server: Running): Promise<readonly Bill[]> =>
  (await (await fetch(`${server.url}/bills/bills`, { headers: { connection: 'close' } })).json()) as Bill[]
const fields = async (server: Running): Promise<string> => Object.keys((await bills(server))[0] ?? {}).join(' ')
const flags = ['--document', 'bills.json', '--invoices', '6', '--today', '2026-01-15']

describe('serve', () => {
  it('reads a document again when it changes, is replaced, breaks, goes and comes back; what has happened stays', async () => {
    const folder = project()
    const file = join(folder, 'bills.json')
    const server = await start(flags, { cwd: folder })
    const [first] = await bills(server)
    expect((await fetch(`${server.url}/bills/bills/${String(first?.id)}`, { method: 'DELETE' })).status).toBe(204)
    expect(await bills(server)).toHaveLength(5)
    writeFileSync(file, documentWith('Bills', 'amount'))
    await expect.poll(() => fields(server)).toBe('id amount')
    expect(await bills(server)).toHaveLength(5)
    writeFileSync(`${file}.tmp`, documentWith('Bills', 'sum'))
    renameSync(`${file}.tmp`, file)
    await expect.poll(() => fields(server)).toBe('id sum')
    writeFileSync(file, '{"openapi": ')
    await expect.poll(() => server.text().stderr).toMatch(/^Failed to read bills\.json:1:\d+: .*\n$/)
    expect(await fields(server)).toBe('id sum')
    rmSync(file)
    await expect.poll(() => server.text().stderr.split('\n').length).toBeGreaterThan(2)
    expect(await fields(server)).toBe('id sum')
    writeFileSync(file, documentWith('Bills', 'total'))
    await expect.poll(() => fields(server)).toBe('id total')
    expect(await bills(server)).toHaveLength(5)
    // An overlay that was not there counts from the moment it is.
    writeFileSync(
      join(folder, 'overlay.yaml'),
      'overlay: 1.0.0\ninfo: { title: More, version: "1" }\nactions:\n  - target: $.components.schemas.Bill.properties\n    update: { number: { type: string, x-role: invoice.number } }\n  - target: $.components.schemas.Bill\n    update: { required: [number] }\n',
    )
    await expect.poll(() => fields(server)).toContain('number')
    const { code } = await server.stop()
    expect(code).toBe(0)
  })

  it('reads scenarios of files again; books follow where nothing has happened', async () => {
    const folder = project()
    const scenario = join(folder, 'monday.yaml')
    writeFileSync(scenario, 'says: Two invoices.\ninvoices: 2\n')
    const server = await start([...flags, '--scenario', 'monday.yaml'], { cwd: folder })
    expect(await bills(server)).toHaveLength(2)
    writeFileSync(scenario, 'invoices: 3\n')
    await expect.poll(async () => (await bills(server)).length).toBe(3)
    writeFileSync(scenario, 'invoices: many\n')
    await expect.poll(() => server.text().stderr).toContain('Failed to read monday.yaml:1:')
    const [first] = await bills(server)
    await fetch(`${server.url}/bills/bills/${String(first?.id)}`, { method: 'DELETE' })
    writeFileSync(scenario, 'invoices: 5\nfaults: { status: 503 }\n')
    await expect.poll(async () => (await fetch(`${server.url}/bills/bills`)).status).toBe(503)
    writeFileSync(scenario, 'invoices: 5\n')
    await expect.poll(async () => (await fetch(`${server.url}/bills/bills`)).status).toBe(200)
    expect(await bills(server)).toHaveLength(2)
    await server.stop()
  })

  it('does so in all processes of a cluster, and says it once', async () => {
    const folder = project()
    const file = join(folder, 'bills.json')
    const server = await start([...flags, '--cluster', '2'], { cwd: folder })
    writeFileSync(file, documentWith('Bills', 'amount'))
    await expect
      .poll(async () => new Set(await Promise.all(Array.from({ length: 6 }, () => fields(server)))))
      .toEqual(new Set(['id amount']))
    writeFileSync(file, '{')
    await expect.poll(() => server.text().stderr).toContain('Failed to read')
    const { stderr } = await server.stop()
    expect(stderr.match(/Failed to read/g)).toHaveLength(1)
  })

  it('leaves files alone when told so, and refuses scenarios that are none', async () => {
    const folder = project()
    const server = await start([...flags, '--no-watch'], { cwd: folder })
    writeFileSync(join(folder, 'bills.json'), documentWith('Bills', 'amount'))
    await new Promise((resolve) => {
      setTimeout(resolve, 400)
    })
    expect(await fields(server)).toBe('id total')
    await server.stop()
    for (const [text, says] of [
      ['constraints: { newst: 3 }', 'Did you mean "newest"?'],
      ['faults: { resets: 3 }', 'expected resets to be a rate from 0 to 1 but received 3'],
      ['- 1', 'expected a table'],
      ['invoices: [', 'well-formed'],
    ] as const) {
      writeFileSync(join(folder, 'odd.yaml'), text)
      const { code, stderr } = await runHere(['serve', ...flags, '--scenario', 'odd.yaml'], { cwd: folder })
      expect([code, stderr]).toEqual([2, expect.stringContaining(says)])
    }
  })
})
