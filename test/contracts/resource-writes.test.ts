import { describe, expect, it } from 'vitest'
import { check } from '../../contracts/index.ts'
import type { Report } from '../../contracts/index.ts'
import { customersModel, customersServer } from '../support/customers-api.ts'
import type { CustomerFault } from '../support/customers-api.ts'

const run = (fault?: CustomerFault): Promise<Report> =>
  check(customersModel, customersServer(fault), { baseUrl: 'http://customers.test', writes: true })
const found = async (fault: CustomerFault): Promise<string[]> => [
  ...new Set((await run(fault)).violations.map(({ code, operation }) => `${code} ${operation}`)),
]

describe('the items of a document without roles', () => {
  it('are made, read back, changed, replaced and deleted, and a right server is not accused', async () => {
    const { violations, operations, skipped } = await run()
    expect(violations).toEqual([])
    expect(skipped).toEqual([])
    expect(operations.map(({ id, statuses }) => [id, statuses])).toEqual([
      ['listCustomers', { 200: 5, 400: 3, 405: 1 }],
      ['createCustomer', { 201: 4, 400: 12, 415: 1 }],
      ['getCustomer', { 200: 6, 304: 1, 404: 2 }],
      ['replaceCustomer', { 200: 1, 412: 1 }],
      ['deleteCustomer', { 204: 1 }],
      ['updateCustomer', { 200: 2, 412: 1 }],
    ])
  })

  it.each<[CustomerFault, string[]]>([
    ['forgets what was created', ['PF-WRITE getCustomer']],
    ['creates another name than was sent', ['PF-WRITE createCustomer']],
    ['answers a creation with another kind', ['PF-WRITE createCustomer']],
    ['points Location elsewhere', ['PF-WRITE createCustomer']],
    ['creates twice for one idempotency key', ['PF-WRITE createCustomer']],
    ['does not keep a change', ['PF-WRITE getCustomer']],
    ['answers a change with the old value', ['PF-WRITE updateCustomer']],
    ['changes the note with every change', ['PF-WRITE getCustomer']],
    ['keeps the old values when it replaces', ['PF-WRITE replaceCustomer']],
    ['keeps what was deleted', ['PF-WRITE getCustomer']],
    ['accepts a stale If-Match', ['PF-WRITE updateCustomer']],
  ])('are found out where a server %s', async (fault, codes) => {
    expect(await found(fault)).toEqual(expect.arrayContaining(codes))
  })
})

describe('what lies at the edge of what a document allows', () => {
  it.each<[CustomerFault, string[]]>([
    ['fails at the highest limit', ['PF-SERVER listCustomers']],
    ['fails at one kind', ['PF-SERVER listCustomers']],
    ['accepts a limit that is too high', ['PF-REFUSE listCustomers']],
    ['refuses the lowest limit', ['PF-OK listCustomers']],
    ['fails at a body that is no JSON', ['PF-SERVER createCustomer']],
    ['accepts a body that is no JSON', ['PF-REFUSE createCustomer']],
    ['accepts a body without what is required', ['PF-REFUSE createCustomer']],
    ['accepts a text that is too long', ['PF-REFUSE createCustomer']],
    ['refuses null where it is allowed', ['PF-OK updateCustomer']],
    ['takes any type of body', ['PF-REFUSE createCustomer']],
    ['fails at a method that it does not have', ['PF-SERVER listCustomers']],
    ['fails at a body of two megabytes', ['PF-SERVER createCustomer']],
    ['fails at a name that stands twice', ['PF-SERVER createCustomer']],
    ['keeps the entity tag of what has changed', ['PF-ETAG getCustomer']],
    ['answers anybody that nothing has changed', ['PF-ETAG getCustomer']],
    ['asks to wait, and does not say how long', ['OAS-HEADER listCustomers']],
  ])('finds a server that %s', async (fault, codes) => {
    expect(await found(fault)).toEqual(expect.arrayContaining(codes))
  })
})
