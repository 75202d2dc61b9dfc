import { describe, expect, it } from 'vitest'
import { fuzz } from '../../contracts/index.ts'
import { apiNames, builtIn, mock } from '../../index.ts'
import { credentialsFor } from '../support/credentials.ts'
import { customersModel, customersServer } from '../support/customers-api.ts'
import type { CustomerFault } from '../support/customers-api.ts'
import { today } from '../support/exam.ts'

const seed = 7

async function found(fault?: CustomerFault) {
  const { properties, requests } = await fuzz(customersModel, customersServer(fault), {
    baseUrl: 'http://x.test',
    seed,
    runs: 240,
    writes: true,
    kind: 'sequence',
  })
  expect(requests).toBeGreaterThan(fault === undefined ? 100 : 0)
  return properties.flatMap(({ failure }) =>
    failure ? failure.violations.map(({ code, says }) => `${code} ${failure.operation}: ${says}`) : [],
  )
}

describe('the life of an item, as it is drawn', () => {
  it('is right where the server is', async () => {
    expect(await found()).toEqual([])
  })

  it.each<[CustomerFault, string]>([
    ['forgets what was created', 'PF-OK getCustomer'],
    ['creates another name than was sent', 'PF-WRITE createCustomer'],
    ['answers a creation with another kind', 'PF-WRITE createCustomer'],
    ['does not keep a change', 'PF-WRITE getCustomer'],
    ['answers a change with the old value', 'PF-WRITE updateCustomer'],
    ['changes the note with every change', 'PF-WRITE getCustomer'],
    ['keeps what was deleted', 'PF-WRITE getCustomer'],
    ['lists what was changed as it was before', 'PF-WRITE listCustomers'],
  ])('shows that a server %s', async (fault, what) => {
    expect((await found(fault)).join('\n')).toContain(what)
  })

  it.each(apiNames)('is right in the mock of %s', async (name) => {
    const model = builtIn(name)
    const books = mock(name, { seed: 42, invoices: 20, today: '2026-01-15' })
    const { properties } = await fuzz(model, books.fetch, {
      baseUrl: 'http://localhost',
      headers: credentialsFor(model),
      today,
      seed,
      runs: 200,
      writes: true,
      kind: 'sequence',
      reset: async () => books.reset(),
    })
    expect(properties.flatMap(({ failure }) => failure?.violations ?? [])).toEqual([])
  })
})
