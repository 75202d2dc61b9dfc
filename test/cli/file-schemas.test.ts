import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readScenario } from '../../cli/serve/scenario-file.ts'
import { scenarios } from '../../mocks/index.ts'
import { apiNames } from '../../spec/index.ts'
import { newFolder } from './support/command.ts'
import { overlaySchema, scenarioSchema } from './support/file-schemas.ts'

const root = join(import.meta.dirname, '../..')
const ajv = new Ajv2020({ strict: false, allErrors: true })

/** Returns what a written file says; with UPDATE_GOLDEN it is written first. */
function written(path: string, now: string): string {
  if (process.env.UPDATE_GOLDEN !== undefined) writeFileSync(join(root, path), now)
  return readFileSync(join(root, path), 'utf8')
}

describe('the schema of overlays', () => {
  const fits = ajv.compile(overlaySchema())

  it('is what its file says', () => {
    const text = `${JSON.stringify(overlaySchema(), null, 2)}\n`
    expect(written('overlay.schema.json', text)).toBe(text)
  })

  it.each(apiNames)('takes the overlay of %s', (name) => {
    expect([fits(parse(readFileSync(join(root, 'spec/apis', name, 'overlay.yaml'), 'utf8'))), fits.errors]).toEqual([
      true,
      null,
    ])
  })

  it('takes the overlay of the manual', () => {
    const page = readFileSync(join(root, 'docs/your-api.md'), 'utf8')
    expect([fits(parse(/```yaml overlay\.yaml\n([^]*?)```/.exec(page)?.[1] ?? '')), fits.errors]).toEqual([true, null])
  })

  it.each([
    { 'x-operation': 'fetch' },
    { total: { 'x-role': { role: 'invoice.total', units: 'minor' } } },
    { total: { 'x-role': 'total' } },
    { 'x-representation': { amount: 'cents' } },
  ])('refuses %j', (update) => {
    expect(fits({ overlay: '1.0.0', actions: [{ target: '$', update }] })).toBe(false)
  })
})

describe('the schema of scenario files', () => {
  const fits = ajv.compile(scenarioSchema())
  const folder = newFolder()
  const isRead = (scenario: unknown): boolean => {
    const file = join(folder, 'scenario.json')
    writeFileSync(file, JSON.stringify(scenario))
    try {
      return readScenario(file) !== undefined
    } catch {
      return false
    }
  }

  it('is what its file says', () => {
    const text = `${JSON.stringify(scenarioSchema(), null, 2)}\n`
    expect(written('scenario.schema.json', text)).toBe(text)
  })

  it('takes every scenario that comes with the package', () => {
    for (const scenario of Object.values(scenarios)) expect([fits(scenario), fits.errors]).toEqual([true, null])
  })

  it.each([
    {},
    { says: 'One.', invoices: 1 },
    { invoices: -1 },
    { invoices: 2_000_000 },
    { constraints: { part: [10, 90] } },
    { constraints: { parts: [10, 90] } },
    { faults: { latency: 5 } },
    { faults: { latency: { median: 1, most: 2 } } },
    { faults: { latency: { median: 1 } } },
    { faults: { status: 200 } },
    { faults: { errors: { rate: 2, statuses: [500] } } },
    { faults: { resets: 0.5, isMalformed: true } },
    { $schema: './scenario.schema.json', says: 'One.' },
    { others: 1 },
  ])('says of %j what the command says', (scenario) => {
    expect(fits(scenario)).toBe(isRead(scenario))
  })
})
