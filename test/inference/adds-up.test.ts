import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { judge } from '../../contracts/index.ts'
import { mock } from '../../index.ts'
import { resourcesOf } from '../../spec/index.ts'
import { load } from '../../spec/load.ts'

const folder = join(import.meta.dirname, 'documents')
const files = readdirSync(folder).filter(
  (file) => file.endsWith('.yaml') && !file.includes('.truth.') && file !== 'no-invoices.yaml',
)

/** Asked for of each document; a bench asks for more. */
const invoices = 100

describe('invoices of documents in other conventions', () => {
  it.each(files)('of %s add up', async (file) => {
    const model = load(join(folder, file), { overlays: [] })
    const { fetch } = mock(model, { seed: 42, invoices })
    const resource = resourcesOf(model).resources.find(({ name }) => name === model.inferred?.resource)
    const list = resource?.operations.find(({ does, operation }) => does === 'list' && operation.method === 'GET')
    const schema = list?.operation.replies.find(({ status }) => status === '200')?.content[0]?.schema
    expect(schema).toBeDefined()
    const size = list?.paging?.parameters.size?.name
    const path = list?.operation.path.replaceAll(/\{[^}]+\}/g, '1') ?? ''
    const response = await fetch(
      new Request(`http://localhost${path}${size === undefined ? '' : `?${size}=${invoices}`}`, {
        headers: { authorization: 'Bearer any', 'x-api-key': 'any' },
      }),
    )
    expect(response.status).toBe(200)
    const { violations, applied } = judge(model, schema ?? '', await response.json())
    expect(Object.keys(applied).length).toBeGreaterThan(2)
    expect(violations).toEqual([])
  })
})
