import { describe, expect, it } from 'vitest'
import { apiNames, builtIn, mock } from '../index.ts'
import type { BusinessObject, Operation } from '../spec/index.ts'
import { bodies } from './support/bodies.ts'
import { clientOf, parameterFor } from './support/client.ts'
import type { Client } from './support/client.ts'
import { comparable, valuesOf } from './support/order.ts'

const invoices = 60
const ids = (shown: readonly BusinessObject[]): string[] => shown.map((each) => String(each.raw('invoice.id')))
const lists = apiNames.flatMap((name) => {
  const model = builtIn(name)
  const client = clientOf(model, mock(name, { seed: 42, invoices }).fetch)
  const list = client.find('list')
  return list ? [{ name, model, client, list, size: parameterFor(list, 'page.size')?.name ?? '' }] : []
})
const numbered = lists.filter(({ list }) => parameterFor(list, 'page.number'))
const withCursor = lists.filter(({ list }) => parameterFor(list, 'page.cursor'))

describe.each(withCursor)('the pages of $name, by cursor', ({ name, model, client, list, size }) => {
  const cursor = parameterFor(list, 'page.cursor')?.name ?? ''
  const page = (length: number, from?: unknown) =>
    client.ask(list, { values: { [size]: length, ...(from !== undefined && { [cursor]: from }) } })

  it('end with the last invoice: no page follows one that reaches the end exactly', async () => {
    const seen: number[] = []
    let from: unknown
    do {
      const { root, invoices: shown } = await page(20, from)
      seen.push(shown.length)
      from = root.raw('page.nextCursor')
    } while (from !== undefined && seen.length < 10)
    expect(seen).toEqual([20, 20, 20])
  })

  it('lead back: to the page before, and from the first to none', async () => {
    const first = await page(20)
    const second = await page(20, first.root.raw('page.nextCursor'))
    expect(first.root.first('page.previousCursor')).toBeUndefined()
    const back = await page(20, second.root.raw('page.previousCursor'))
    expect(ids(back.invoices)).toEqual(ids(first.invoices))
    expect(back.root.first('page.previousCursor')).toBeUndefined()
  })

  it('lead back to the beginning where less than a page lies before', async () => {
    const first = await page(20)
    const wider = await page(50, first.root.raw('page.nextCursor'))
    expect(ids((await page(50, wider.root.raw('page.previousCursor'))).invoices).slice(0, 20)).toEqual(
      ids(first.invoices),
    )
  })

  /** Reads pages of 7 to the end; something happens after the first. */
  const readWhile = async (happens: (reading: Client, first: readonly BusinessObject[]) => Promise<unknown>) => {
    const reading = clientOf(model, mock(name, { seed: 42, invoices }).fetch)
    const seen: string[] = []
    let from: unknown
    do {
      const { root, invoices: shown } = await reading.ask(list, {
        values: { [size]: 7, ...(from !== undefined && { [cursor]: from }) },
      })
      if (from === undefined) await happens(reading, shown)
      seen.push(...ids(shown))
      from = root.raw('page.nextCursor')
    } while (from !== undefined && seen.length < 2 * invoices)
    return seen
  }

  it('show no invoice twice when one is created meanwhile', async () => {
    const seen = await readWhile(async (reading) => {
      const create = reading.find('create') as Operation
      const { status } = await reading.ask(create, { body: bodies[name][create.id]?.('') })
      expect(status).toBeLessThan(300)
    })
    expect(new Set(seen).size).toBe(invoices)
    expect(seen).toHaveLength(invoices)
  })

  it.each([[[2]], [[6]], [[0, 5, 6]]])(
    'skip no invoice when invoices %j of the first page are deleted',
    async (gone) => {
      const seen = await readWhile(async (reading, first) => {
        for (const id of gone.map((position) => ids(first)[position]))
          expect((await reading.ask('delete', { values: { id } })).status).toBeLessThan(300)
      })
      expect(new Set(seen).size).toBe(invoices)
      expect(seen).toHaveLength(invoices)
    },
  )
})

describe.each(numbered)('the pages of $name, by number', ({ client, list, size }) => {
  it('end with the last invoice: the last is full, the one after it is empty', async () => {
    const number = parameterFor(list, 'page.number')
    const base = number?.binding?.base ?? 0
    const lengths = await Promise.all(
      [0, 1, 2, 3].map(async (page) => {
        const { invoices: shown } = await client.ask(list, {
          values: { [size]: 20, [number?.name ?? '']: base + page },
        })
        return shown.length
      }),
    )
    expect(lengths).toEqual([20, 20, 20, 0])
  })
})

describe.each(lists)('the order of $name', ({ model, client, list, size }) => {
  const by = parameterFor(list, 'sort.by')
  const order = parameterFor(list, 'sort.order')
  const number = parameterFor(list, 'page.number')
  const cursor = parameterFor(list, 'page.cursor')

  async function everything(values: Readonly<Record<string, unknown>> = {}): Promise<readonly BusinessObject[]> {
    const first = await client.ask(list, { values: { ...values, [size]: 30 } })
    const next = number
      ? { [number.name]: (number.binding?.base ?? 0) + 1 }
      : { [cursor?.name ?? '']: first.root.raw('page.nextCursor') }
    return [...first.invoices, ...(await client.ask(list, { values: { ...values, [size]: 30, ...next } })).invoices]
  }

  it('is newest first among equals and puts what has no value last, up and down', async () => {
    const plain = ids(await everything())
    let ties = 0
    for (const [role, word] of Object.entries(by?.binding?.values ?? {})) {
      const name = model.vocabulary.parse(role)
      const kind = name?.term.kind
      if (!name || (kind !== 'date' && kind !== 'instant' && kind !== 'amount')) continue
      for (const way of order ? (['asc', 'desc'] as const) : (['asc'] as const)) {
        const shown = await everything({
          [by?.name ?? '']: word,
          ...(order && { [order.name]: order.binding?.values?.[way] ?? way }),
        })
        const values = shown.map((invoice) => valuesOf(model, invoice, name)[0])
        // The list does not show everything that it can be sorted by.
        if (values.every((value) => value === undefined)) continue
        const missing = values.indexOf(undefined)
        if (missing >= 0)
          expect(
            values.slice(missing).every((value) => value === undefined),
            `${role} ${way}`,
          ).toBe(true)
        const places = ids(shown).map((id) => plain.indexOf(id))
        for (let at = 1; at < shown.length; at++) {
          const [left, right] = [values[at - 1], values[at]]
          const isTie =
            left === undefined
              ? right === undefined
              : right !== undefined && comparable(left, name.term) === comparable(right, name.term)
          if (!isTie) continue
          ties++
          expect((places[at - 1] as number) < (places[at] as number), `${role} ${way} at ${at}`).toBe(true)
        }
      }
    }
    expect(ties).toBeGreaterThan(0)
  })
})

describe('a range that is asked for', () => {
  const { client, list, size } = lists.find(({ list: { parameters } }) =>
    parameters.some(({ binding }) => binding?.of === 'invoice.issueDate' && binding.match === 'range'),
  ) as (typeof lists)[number]
  const day = list.parameters.find(({ binding }) => binding?.of === 'invoice.issueDate')?.name ?? ''
  const days = async (range?: string): Promise<string[]> => {
    const asked = await client.ask(list, { values: { [size]: invoices, ...(range !== undefined && { [day]: range }) } })
    expect(asked.status).toBe(200)
    return asked.invoices.map((invoice) => String(invoice.raw('invoice.issueDate')).slice(0, 10)).toSorted()
  }

  it('holds its ends, save where it says that it does not', async () => {
    const all = await days()
    const low = all[20] as string
    const high = all[40] as string
    const within = (keep: (at: string) => boolean): string[] => all.filter(keep)
    expect(low < high).toBe(true)
    for (const [range, keep] of [
      [`${low}..${high}`, (at: string) => at >= low && at <= high],
      [`${low}..`, (at: string) => at >= low],
      [`..${high}`, (at: string) => at <= high],
      [` .. ${high}`, (at: string) => at <= high],
      [`>=${low}`, (at: string) => at >= low],
      [`gte:${low}`, (at: string) => at >= low],
      [`>${low}`, (at: string) => at > low],
      [`gt:${low}`, (at: string) => at > low],
      [`<=${high}`, (at: string) => at <= high],
      [`lte:${high}`, (at: string) => at <= high],
      [`< ${high}`, (at: string) => at < high],
      [`lt:${high}`, (at: string) => at < high],
      [`=${low}`, (at: string) => at === low],
      [low, (at: string) => at === low],
      [`${low}T23:59:59Z`, (at: string) => at === low],
    ] as const)
      expect(await days(range), range).toEqual(within(keep))
  })

  it('that cannot be read is refused, with at most 80 characters of it', async () => {
    const { status, text } = await client.ask(list, { values: { [day]: `>=${'x'.repeat(200)}` } })
    expect([400, 422]).toContain(status)
    expect(text).toContain('x'.repeat(78))
    expect(text).not.toContain('x'.repeat(79))
  })
})
