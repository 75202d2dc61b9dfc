import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { shopDocument, startShop } from '../seeds/support/shop.ts'
import type { Shop } from '../seeds/support/shop.ts'
import { freePort } from '../support/redis.ts'
import { newFolder, start } from './support/command.ts'
import type { Finished } from './support/command.ts'
import { runHere } from './support/run-here.ts'

const folder = newFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let shop: Shop
beforeEach(() => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name))
  writeFileSync(join(folder, 'shop.json'), JSON.stringify(shopDocument))
})
afterEach(() => shop?.close())

const seed = (to: string, ...args: readonly string[]): Promise<Finished> =>
  runHere(
    [
      'seed',
      './shop.json',
      '--to',
      to,
      '-n',
      '120',
      '--today',
      '2026-01-15',
      '-H',
      'Authorization: Bearer secret',
      ...args,
    ],
    { cwd: folder },
  )
const numbers = ({ invoices }: Shop): unknown[] => [...invoices.values()].map(({ number }) => number)

describe('an API', () => {
  it('gets customers, then invoices that name them by the identities it gave, each once', async () => {
    shop = await startShop()
    expect(await seed(shop.url, '--concurrency', '8')).toMatchObject({ code: 0 })
    expect(numbers(shop)).toHaveLength(120)
    expect(new Set(numbers(shop)).size).toBe(120)
    expect([...shop.invoices.values()].every(({ customer_id: id }) => shop.customers.has(String(id)))).toBe(true)
    for (const { subtotal, tax_amount: tax, total } of shop.invoices.values() as Iterable<Record<string, number>>)
      expect(((subtotal ?? 0) + (tax ?? 0)).toFixed(2)).toBe(total?.toFixed(2))
    const before = shop.statuses.length
    expect((await seed(shop.url)).stderr).toMatch(/^Wrote 0 shop invoices/)
    expect(shop.statuses.length).toBe(before)
  })

  it('that is busy, out of order and loses answers gets each thing once all the same', async () => {
    shop = await startShop({ limit: 20, failsEach: 31, losesEach: 37 })
    expect(await seed(shop.url, '--concurrency', '1')).toMatchObject({ code: 0 })
    expect([numbers(shop).length, new Set(numbers(shop)).size]).toEqual([120, 120])
    expect(shop.statuses.filter((status) => status === 429).length).toBeGreaterThan(3)
    expect(shop.statuses.filter((status) => status === 503).length).toBeGreaterThan(2)
  })

  it('goes on where it was interrupted', async () => {
    shop = await startShop({ failsEach: 70 })
    const runs: (number | null)[] = []
    for (let run = 0; run < 6 && runs.at(-1) !== 0; run++) runs.push((await seed(shop.url, '--retries', '0')).code)
    expect(runs[0]).toBe(2)
    expect(runs.at(-1)).toBe(0)
    expect([numbers(shop).length, new Set(numbers(shop)).size]).toEqual([120, 120])
  })

  it('is rid of what was created, invoices first, and of nothing else', async () => {
    shop = await startShop()
    shop.invoices.set('own', { number: 'own', customer_id: 'me' })
    await seed(shop.url)
    expect((await seed(shop.url, '--clean', '--yes')).stderr).toBe(
      `Removed 120 invoices of seed 42 from ${shop.url}.\n`,
    )
    expect([numbers(shop), shop.customers.size]).toEqual([['own'], 0])
    expect(await seed(shop.url)).toMatchObject({ code: 0 })
    expect(numbers(shop)).toHaveLength(121)
    expect((await seed(shop.url, '--truncate', '--yes')).stderr).toMatch(
      /expected a database but received an API\. Say --clean\./,
    )
  })

  it('says what it refused, without credentials', async () => {
    shop = await startShop()
    const wrong = await seed(shop.url, '-H', 'Authorization: Bearer hidden')
    expect(wrong).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/received 401: who are you\. Say credentials with --header/),
    })
    const nobody = await seed(`http://user:hidden@127.0.0.1:${await freePort()}/`, '--retries', '0')
    expect(nobody).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/expected an answer but received ECONNREFUSED\./),
    })
    expect(wrong.stderr + nobody.stderr).not.toContain('hidden')
    expect((await seed(shop.url, '--entities', 'invoce')).stderr).toMatch(/Did you mean "invoices"\?/)
  })

  it('may be the mock of its own document', async () => {
    const server = await start(['./shop.json', '--invoices', '0'], { cwd: folder })
    shop = await startShop()
    const url = `${server.url}/shop`
    expect(await seed(url)).toMatchObject({ code: 0 })
    const answer = await fetch(`${url}/invoices`, { headers: { authorization: 'Bearer any' } })
    const { data } = (await answer.json()) as { data: { number: string }[] }
    expect(new Set(data.map(({ number }) => number)).size).toBeGreaterThanOrEqual(20)
    await server.stop()
  })
})
