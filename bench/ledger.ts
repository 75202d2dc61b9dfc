import { ledgerOf } from '../factories/index.ts'
import type { Ledger } from '../factories/index.ts'
import { Business, mockModel } from '../mocks/index.ts'
import { builtIn, parseDay } from '../spec/index.ts'
import { medianOf } from './median.ts'

/** Prints what a ledger of a million invoices costs: its columns, one entry, and a page by filter and order. */
const today = parseDay('2026-01-15') as number
const million = 1_000_000

const bytesOf = (ledger: Ledger): number =>
  Object.values(ledger.columns()).reduce(
    (sum: number, column) => sum + (ArrayBuffer.isView(column) ? column.byteLength : 0),
    0,
  )

const times = Array.from({ length: 5 }, (_, seed) => {
  const ledger = ledgerOf({ seed, invoices: million, today })
  const start = performance.now()
  ledger.columns()
  return million / ((performance.now() - start) / 1000)
}).toSorted((left, right) => left - right)
const large = ledgerOf({ seed: 42, invoices: million, today })
console.log(
  `columns of 1,000,000 invoices: ${((times[2] as number) / 1e6).toFixed(2)} million entries/s (median of 5, best ${((times[4] as number) / 1e6).toFixed(2)}), ${bytesOf(large) / million} bytes an entry`,
)

const first = medianOf((index) => void large.entry(index), { calls: 2_000 })
const last = medianOf((index) => void large.entry(million - 1 - index), { calls: 2_000 })
console.log(`one entry: ${(last / first).toFixed(2)} × at the end of what it costs at the beginning`)

async function page(invoices: number): Promise<number> {
  const { fetch } = mockModel(builtIn('truto'), { business: new Business(ledgerOf({ seed: 42, invoices, today })) })
  const ask = async (): Promise<void> =>
    void (await (
      await fetch(
        new Request(
          'http://mock.test/unified/accounting/invoices?integrated_account_id=62f44730-dd91-461e-bd6a-aedd9e0ad79d&status=authorised&sort_by=due_date&limit=50',
          { headers: { authorization: 'Bearer any' } },
        ),
      )
    ).text())
  await ask()
  const samples: number[] = []
  for (let round = 0; round < 15; round++) {
    const start = performance.now()
    await ask()
    samples.push(performance.now() - start)
  }
  return samples.toSorted((left, right) => left - right)[7] as number
}

const small = await page(1_000)
const big = await page(million)
console.log(
  `a page of 50 with filter and order, its index made: ${(big / small).toFixed(2)} × out of 1,000,000 of what it costs out of 1,000`,
)
