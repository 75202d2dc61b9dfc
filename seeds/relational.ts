// Writes the books as a dataset of relational tables.

import { Identities } from '../factories/index.ts'
import type { Ledger, Party } from '../factories/index.ts'
import { exponentOf, formatMajor } from '../spec/index.ts'
import type { Column, Dataset, TableSchema } from './dataset.ts'
import { tablesOf } from './tables.ts'
import type { Table } from './tables.ts'

/** How amounts are written: as decimals of the major unit, or as integers of the minor one. */
export type MoneyForm = 'decimal' | 'minor'

type Tables = ReturnType<typeof tablesOf>

/** Names of the tables of a ledger, parents before children. */
export const tableNames = [
  'sellers',
  'customers',
  'addresses',
  'products',
  'invoices',
  'lines',
  'taxes',
  'payments',
] as const satisfies readonly (keyof Tables)[]
/** The name of a table of the books. */
export type TableName = (typeof tableNames)[number]

/** How tables are written. */
export interface RelationalOptions {
  /** All where missing. */
  readonly entities?: readonly TableName[]
  /** `decimal` where missing. */
  readonly money?: MoneyForm
}

const scales: Readonly<Record<string, number>> = { exchange_rate: 6 }

/**
 * Returns the books as tables with keys between them, the same whatever API they are for: master data once, invoices that have been
 * issued by the ledger's day with their lines, taxes and payments.
 */
export function relationalDataset(
  ledger: Ledger,
  { entities: wanted = tableNames, money = 'decimal' }: RelationalOptions = {},
): Dataset {
  const tables = tablesOf(new Identities(ledger.seed), (minor, exponent) =>
    money === 'minor' ? minor : formatMajor(minor, exponent),
  )
  const scale = Math.max(2, ...(ledger.book.currencies ?? []).map((currency) => exponentOf(currency)))
  const names = tableNames.filter((name) => wanted.includes(name))
  const entities = names.map((name) => entityOf(tables[name] as Table<never>, { money, scale, wanted }))
  const places = Object.fromEntries(names.map((name, place) => [name, place])) as Partial<Record<TableName, number>>
  const hasMaster = names.some((name) => ['sellers', 'customers', 'addresses', 'products'].includes(name))
  return {
    entities,
    sizes: { master: hasMaster ? Math.max(1, ledger.book.customers) : 0, invoices: ledger.issued },
    rows({ stage, from, to: end }, sink) {
      function add<N extends TableName>(name: N, of: Tables[N] extends Table<infer T> ? T : never): void {
        const place = places[name]
        if (place === undefined) return
        const { fields } = tables[name] as Table<typeof of>
        sink.row(
          place,
          fields.map(([, , , read]) => read(of) ?? null),
        )
      }
      const addParties = (name: 'sellers' | 'customers', parties: readonly Party[]): void => {
        for (const party of parties) add(name, party)
        for (const party of parties) {
          add('addresses', { address: party.address, party })
          if (party.shippingAddress.key !== party.address.key)
            add('addresses', { address: party.shippingAddress, party })
        }
      }
      if (stage === 'master') {
        if (from === 0) {
          addParties('sellers', [ledger.seller])
          for (const item of ledger.book.catalogue) add('products', item)
        }
        const last = Math.min(end, ledger.book.customers)
        addParties(
          'customers',
          Array.from({ length: Math.max(0, last - from) }, (_, place) => ledger.party(from + place)),
        )
        return
      }
      for (let index = from; index < end; index++) {
        const entry = ledger.entry(index)
        if (entry.issueDate > ledger.today) continue
        sink.invoice(entry)
        add('invoices', entry)
        for (const part of entry.lines) add('lines', { entry, part })
        for (const [place, group] of entry.taxes.entries()) add('taxes', { entry, part: { ...group, index: place } })
        for (const part of entry.payments) add('payments', { entry, part })
      }
    },
  }
}

function entityOf(
  { name, says, key, references, indexes, owner, rules, nullable = [], fields }: Table<never>,
  { money, scale, wanted }: { readonly money: MoneyForm; readonly scale: number; readonly wanted: readonly string[] },
): TableSchema {
  const columns = fields.map(([column, type, meaning]): Column => {
    const isMoney = type === 'money'
    const shown = isMoney ? (money === 'minor' ? 'integer' : 'decimal') : type
    return {
      name: column,
      type: shown,
      says: isMoney && money === 'minor' ? `${meaning.slice(0, -1)}, in minor units.` : meaning,
      ...(shown === 'decimal' && { scale: isMoney ? scale : (scales[column] ?? 3) }),
      ...(nullable.includes(column) && { isNullable: true }),
    }
  })
  return {
    name,
    says,
    columns,
    key,
    // Where the table that it points at is left out, the column stands without a key.
    references: references.filter(({ entity }) => wanted.includes(entity)),
    indexes,
    ...(owner !== undefined && { owner }),
    ...(rules && { rules }),
  }
}
