import { describe, expect, it } from 'vitest'
import { apiNames, builtIn, mock } from '../index.ts'
import type { BusinessObject, Operation } from '../spec/index.ts'
import { clientOf, parameterFor } from './support/client.ts'
import type { Client } from './support/client.ts'
import { examOf, seedCount, seeds } from './support/exam.ts'
import { filtersOf, meetsFilter, wordsFor } from './support/filters.ts'
import { compareAt } from './support/order.ts'

const invoices = 60
const withList = apiNames.filter((name) => builtIn(name).operations.some(({ does }) => does === 'list'))

const listOf = (client: Client): Operation => client.find('list') ?? expect.fail('no operation lists invoices')
const idOf = (invoice: BusinessObject): unknown => invoice.first('invoice.id')?.raw

/** Returns every page of a list, whatever its parameters are called. */
async function pagesOf(
  client: Client,
  size: number,
  values: Readonly<Record<string, unknown>> = {},
): Promise<readonly (readonly BusinessObject[])[]> {
  const list = listOf(client)
  const sized = { ...values, [parameterFor(list, 'page.size')?.name ?? '']: size }
  const number = parameterFor(list, 'page.number')
  const cursor = parameterFor(list, 'page.cursor')
  const pages: (readonly BusinessObject[])[] = []
  let next: Record<string, unknown> | undefined = {}
  for (let index = 0; next && index < 100; index++) {
    const { root, invoices: shown } = await client.ask(list, { values: { ...sized, ...next } })
    pages.push(shown)
    const following = root.first('page.nextCursor')?.raw
    if (cursor) next = following === undefined ? undefined : { [cursor.name]: following }
    else next = number && shown.length === size ? { [number.name]: (number.binding?.base ?? 0) + index + 1 } : undefined
  }
  return pages
}

const everything = async (
  client: Client,
  values?: Readonly<Record<string, unknown>>,
): Promise<readonly BusinessObject[]> => (await pagesOf(client, 50, values)).flat()
const ids = (shown: readonly BusinessObject[]): string[] => shown.map((invoice) => String(idOf(invoice)))

it('three APIs have a list', () => {
  expect(withList).toHaveLength(3)
})

describe.each(withList)('the list of %s', (name) => {
  const model = builtIn(name)
  const clientFor = (seed: number): Client => clientOf(model, mock(name, { seed, invoices }).fetch)

  it('shows every invoice on exactly one page', async () => {
    const client = clientFor(42)
    for (const size of [7, 50]) {
      const pages = await pagesOf(client, size)
      expect(pages.slice(0, -1).map(({ length }) => length)).toEqual(pages.slice(0, -1).map(() => size))
      expect(new Set(ids(pages.flat())).size).toBe(invoices)
      expect(pages.flat()).toHaveLength(invoices)
    }
  })

  it('keeps to the envelope of its document on every page, the last and those after it included', async () => {
    const client = clientFor(42)
    const exam = examOf(model)
    const list = listOf(client)
    const number = parameterFor(list, 'page.number')
    const size = parameterFor(list, 'page.size')?.name as string
    if (!number) return expect((await pagesOf(client, 25)).map(({ length }) => length)).toEqual([25, 25, 10])
    const base = number.binding?.base ?? 0
    for (const page of [0, 1, 2, 3, 1000]) {
      const answered = await client.ask(list, { values: { [size]: 25, [number.name]: base + page } })
      expect(answered.invoices).toHaveLength([25, 25, 10][page] ?? 0)
      expect(exam.of(answered, { asked: { number: base + page, size: 25, base } })).toEqual([])
    }
  })

  it('is in the order that every documented sort asks for', async () => {
    for (const seed of seeds(Math.ceil(seedCount / 4))) {
      const client = clientFor(seed)
      const list = listOf(client)
      const by = parameterFor(list, 'sort.by') ?? expect.fail('no sort')
      const order = parameterFor(list, 'sort.order')
      for (const [role, word] of Object.entries(by.binding?.values ?? {})) {
        const name = model.vocabulary.parse(role) ?? expect.fail(role)
        for (const [direction, spelt] of order
          ? (['asc', 'desc'] as const).map((way) => [way, order.binding?.values?.[way] ?? way] as const)
          : [['asc', undefined] as const]) {
          const shown = await everything(client, { [by.name]: word, ...(order && { [order.name]: spelt }) })
          expect(shown).toHaveLength(invoices)
          const compare = compareAt(model, name, direction)
          const wrong = shown.findIndex(
            (invoice, index) => index > 0 && compare(shown[index - 1] as BusinessObject, invoice) > 0,
          )
          expect(wrong, `seed ${seed}: ${by.name}=${String(word)} ${direction}`).toBe(-1)
        }
      }
    }
  })

  it('turns round where the order is turned round', async () => {
    const client = clientFor(42)
    const list = listOf(client)
    const order = parameterFor(list, 'sort.order')
    const by = parameterFor(list, 'sort.by')?.name as string
    if (!order) return expect(list.parameters.every(({ binding }) => binding?.role !== 'sort.order')).toBe(true)
    const word = parameterFor(list, 'sort.by')?.binding?.values?.['invoice.number']
    const [up, down] = await Promise.all(
      ['asc', 'desc'].map(async (way) =>
        ids(await everything(client, { [by]: word, [order.name]: order.binding?.values?.[way] ?? way })),
      ),
    )
    expect(up).toEqual(down?.toReversed())
  })

  it('shows what every documented filter asks for, all of it and nothing else', async () => {
    const tried: string[] = []
    for (const seed of seeds(Math.ceil(seedCount / 4))) {
      const client = clientFor(seed)
      const all = await everything(client)
      for (const filter of filtersOf(listOf(client))) {
        for (const word of wordsFor(model, filter, all)) {
          const shown = await everything(client, filter.valuesFor(word))
          const expected = all.filter((invoice) => meetsFilter(model, filter, invoice, word))
          expect(ids(shown).toSorted(), `seed ${seed}: ${filter.name}=${word}`).toEqual(ids(expected).toSorted())
          tried.push(filter.name)
        }
      }
    }
    const untried = filtersOf(listOf(clientFor(42)))
      .map((filter) => filter.name)
      .filter((filter) => !tried.includes(filter))
    expect(untried.filter((filter) => !unseen.includes(filter))).toEqual([])
  })

  it('divides the list by filters of two values that it does not show', async () => {
    const client = clientFor(42)
    const all = ids(await everything(client)).toSorted()
    for (const filter of filtersOf(listOf(client)).filter((candidate) => unseen.includes(candidate.name))) {
      const [yes = [], no = []] = await Promise.all(
        ['true', 'false'].map(async (word) => ids(await everything(client, filter.valuesFor(word)))),
      )
      expect([...yes, ...no].toSorted(), filter.name).toEqual(all)
    }
    expect(all).toHaveLength(invoices)
  })

  it('joins filters', async () => {
    const client = clientFor(42)
    const all = await everything(client)
    const [first, second] = filtersOf(listOf(client)).filter(
      ({ of }) =>
        of.role === 'invoice.status' ||
        of.role === 'party.id' ||
        of.role === 'invoice.currency' ||
        of.role === 'invoice.issueDate',
    )
    if (!first || !second) throw new Error('fewer than two filters')
    const [one] = wordsFor(model, first, all)
    const [two] = wordsFor(model, second, all)
    const shown = await everything(client, { ...first.valuesFor(one as string), ...second.valuesFor(two as string) })
    const expected = all.filter(
      (invoice) =>
        meetsFilter(model, first, invoice, one as string) && meetsFilter(model, second, invoice, two as string),
    )
    expect(ids(shown).toSorted()).toEqual(ids(expected).toSorted())
  })
})

/** Filters by something that the list does not show. */
const unseen: readonly string[] = ['has_outreach', 'customer_outreach_paused']
