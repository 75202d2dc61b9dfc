import { describe, expect, it } from 'vitest'
import { check, lawsFor, shownJson } from '../contracts/index.ts'
import { answersOf, ledgerOf } from '../factories/index.ts'
import { apiNames, builtIn, mock } from '../index.ts'
import type { ApiName } from '../index.ts'
import { nameOf, parseDay, readWords, successOf } from '../spec/index.ts'
import type { BusinessObject, Day } from '../spec/index.ts'
import { clientOf, idFor, pathParameter } from './support/client.ts'
import type { Client } from './support/client.ts'
import { credentialsFor } from './support/credentials.ts'
import { examOf, seeds, today } from './support/exam.ts'
import type { Exam } from './support/exam.ts'
import { golden } from './support/golden.ts'

const invoices = 80

/** Returns what is wrong with lists, and with what is fetched one by one. */
async function readThrough(client: Client, exam: Exam, day: Day): Promise<string[]> {
  const wrong: string[] = []
  const list = client.find('list')
  if (list) wrong.push(...exam.of(await client.ask(list), { today: day }))
  const get = client.find('get') ?? expect.fail('no operation gets one invoice')
  for (const invoice of (await client.some(6)).filter((_, index) => index % 2 === 0)) {
    const id = idFor(get, invoice)
    const answered = await client.ask(get, { values: { [pathParameter(get).name]: id } })
    expect(answered.status, answered.text).toBe(200)
    wrong.push(...exam.of(answered, { asked: { id }, today: day }))
  }
  return wrong
}

const wordsOf = (invoices: readonly BusinessObject[]): string[] =>
  invoices.flatMap((invoice) =>
    invoice
      .all('invoice.status')
      .slice(0, 1)
      .flatMap(({ binding, raw }) => readWords(binding, raw).slice(0, 1)),
  )

/** Laws that apply, and find nothing in what is read here: no key with its object beside it; no page but of messages. */
const nothingToJudge: Partial<Record<ApiName, readonly string[]>> = {
  customeros: ['PF-KEYS'],
  truto: ['PF-KEYS'],
  nuntiq: ['PF-PAGE'],
}

it('every API is subject to the laws of the golden list', () => {
  const codes = Object.fromEntries(apiNames.map((name) => [name, lawsFor(builtIn(name)).map(({ code }) => code)]))
  expect(codes).toEqual(golden('laws', codes))
})

describe.each(apiNames)('%s', (name) => {
  const model = builtIn(name)
  const clientFor = (seed: number, day?: string): Client =>
    clientOf(model, mock(name, { seed, invoices, ...(day !== undefined && { today: day }) }).fetch)

  it('answers by its document and the laws, whatever the seed and the day', async () => {
    const exam = examOf(model)
    for (const seed of seeds()) {
      for (const day of ['2026-01-15', '2024-02-29']) {
        expect(await readThrough(clientFor(seed, day), exam, parseDay(day) as Day), `seed ${seed} on ${day}`).toEqual(
          [],
        )
      }
    }
    // A law that never had anything to judge has not been tested.
    const idle = lawsFor(model)
      .map(({ code }) => code)
      .filter((code) => !exam.applied.has(code))
    expect(idle.filter((code) => !nothingToJudge[name]?.includes(code))).toEqual([])
  })

  it('passes a check of every operation, with writes', async () => {
    const silent = new Set(model.operations.map(({ id }) => id))
    for (const seed of seeds().slice(0, 2)) {
      const { fetch } = mock(name, { seed, invoices })
      const report = await check(model, fetch, {
        baseUrl: 'http://localhost',
        headers: credentialsFor(model),
        today,
        writes: true,
        limit: 20,
        maxPages: 2,
      })
      expect(report.violations, `seed ${seed}`).toEqual([])
      for (const { id, statuses } of report.operations)
        if (Object.keys(statuses).some((status) => status.startsWith('2'))) silent.delete(id)
    }
    expect([...silent]).toEqual([])
  })

  it('builds and writes the same', () => {
    for (const seed of seeds()) {
      const ledger = ledgerOf({ seed, invoices, today })
      const answers = answersOf(model, ledger)
      const shown = model.operations.filter(({ does }) => does === 'list' || does === 'get')
      const schemas = shown.flatMap(
        (operation) => successOf(operation)?.content.flatMap(({ schema }) => schema ?? []) ?? [],
      )
      expect(schemas.length).toBeGreaterThan(0)
      for (const schema of schemas) {
        for (const index of [0, 7, invoices - 1]) {
          const invoice = ledger.entry(index)
          const subject = { invoice, page: { invoices: [invoice], size: 1, number: 0, total: 1 } }
          expect(JSON.parse(answers.write(schema, subject)), `seed ${seed}, ${schema}, entry ${index}`).toEqual(
            answers.build(schema, subject),
          )
        }
      }
    }
  })

  it('says the same bytes for the same seed, and others for another', async () => {
    const texts = async (seed: number): Promise<string> => {
      const client = clientFor(seed)
      const shown = await client.some(5)
      const lists = client.find('list') ? (await client.ask('list')).text : ''
      return (
        lists +
        JSON.stringify(shown.map((invoice) => invoice.occurrences.map(({ binding, raw }) => [binding.role, raw])))
      )
    }
    const [first, again, other] = [await texts(7), await texts(7), await texts(8)]
    expect(again).toBe(first)
    expect(other).not.toBe(first)
  })

  it('follows the day', async () => {
    const mocked = mock(name, { seed: 42, invoices })
    const client = clientOf(model, mocked.fetch)
    const get = client.find('get') ?? expect.fail('no operation gets one invoice')
    const exam = examOf(model)
    const before = await client.some(20)
    const later = today + 400
    mocked.business.moveTo(later)
    const after = []
    for (const invoice of before) {
      const answered = await client.ask(get, { values: { [pathParameter(get).name]: idFor(get, invoice) } })
      expect(exam.of(answered, { today: later })).toEqual([])
      after.push(...answered.invoices)
    }
    expect(after).toHaveLength(before.length)
    const isTimed = model.bound.has('invoice.status')
    if (isTimed) expect(wordsOf(after)).not.toEqual(wordsOf(before))
    // What was issued stays: only what happens to it goes on.
    for (const role of ['invoice.number', 'invoice.total', 'invoice.issueDate'] as const)
      expect(after.map((invoice) => shownJson(invoice.first(role)?.raw))).toEqual(
        before.map((invoice) => shownJson(invoice.first(role)?.raw)),
      )
  })

  it('writes only roles that are somewhere bound', async () => {
    const shown = new Set(
      (await clientFor(42).some(5)).flatMap((invoice) => invoice.occurrences.map(({ binding }) => nameOf(binding))),
    )
    expect(shown.size).toBeGreaterThan(5)
    expect([...shown].filter((role) => !model.bound.has(role))).toEqual([])
  })
})
