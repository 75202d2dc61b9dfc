import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { mock } from '../../index.ts'
import { load } from '../../spec/load.ts'

const text = { type: 'string' }
const amount = { type: 'number' }
const object = (properties: object): object => ({ type: 'object', required: Object.keys(properties), properties })
const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` })
const companyId = { name: 'companyId', in: 'path', required: true, schema: text }
const list = (name: string): object => ({
  responses: {
    200: {
      description: 'ok',
      content: { 'application/json': { schema: object({ results: { type: 'array', items: ref(name) } }) } },
    },
  },
})

const document = {
  openapi: '3.1.0',
  info: { title: 'Bills of companies', version: '1' },
  paths: {
    '/companies': { get: list('Company') },
    '/companies/{companyId}/bills': { parameters: [companyId], get: list('Bill') },
    '/companies/{companyId}/suppliers': { parameters: [companyId], get: list('Supplier') },
  },
  components: {
    schemas: {
      Company: object({ id: text, name: text }),
      Supplier: object({ id: text, supplierName: text }),
      Bill: object({
        id: text,
        billNumber: text,
        supplierId: text,
        issueDate: { type: 'string', format: 'date' },
        dueDate: { type: 'string', format: 'date' },
        currency: text,
        subTotal: amount,
        taxAmount: amount,
        totalAmount: amount,
        amountDue: amount,
      }),
    },
  },
}

it('shows below each company every party that its invoices name', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'proforma-parties-')), 'openapi.json')
  writeFileSync(path, JSON.stringify(document))
  const { fetch } = mock(load(path), { seed: 42, today: '2026-01-15' })
  const ask = async (path: string): Promise<readonly Record<string, unknown>[]> => {
    const response = await fetch(new Request(`http://localhost${path}`))
    const { results } = (await response.json()) as { readonly results: readonly Record<string, unknown>[] }
    return results
  }
  const companies = await ask('/companies')
  expect(companies.length).toBeGreaterThan(1)
  for (const { id } of companies) {
    const suppliers = new Set((await ask(`/companies/${String(id)}/suppliers`)).map((one) => one.id))
    expect(suppliers.size).toBeGreaterThan(0)
    const bills = await ask(`/companies/${String(id)}/bills`)
    expect(bills.map(({ supplierId }) => suppliers.has(supplierId))).not.toContain(false)
  }
})
