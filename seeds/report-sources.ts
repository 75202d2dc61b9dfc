// Reads invoices for a report from databases and files.

import { existsSync } from 'node:fs'
import {
  currencyOf,
  exponentOf,
  failure,
  formatDay,
  invoicesIn,
  isObject,
  parseDay,
  parseDecimal,
  readAmount,
  readByRole,
  readDay,
  readWords,
  toMinor,
} from '../spec/index.ts'
import type { BusinessObject, Day, Model, Occurrence, Role } from '../spec/index.ts'
import { invoicePointer } from './api.ts'
import type { SqlConnection, SqlDatabase } from './database.ts'
import { duckdbDatabase } from './duckdb.ts'
import { partsTable } from './notes.ts'
import { jsonObjectsIn } from './json-file.ts'
import type { ReportedInvoices } from './report.ts'
import { sqlName, sqlText } from './sql.ts'

/** Where invoices are read from. */
export interface InvoiceReading {
  /** What the objects of an API mean; tables of the books need none. */
  readonly model?: Model
  /** The day it is: what is owed is late by it. Where missing, the day that a database was seeded for, else `now`. */
  readonly today?: Day
  readonly now: Day
}

/** Statuses in which something is owed. */
const owing = new Set(['open', 'overdue', 'unknown'])

/**
 * Yields the invoices of a database that was seeded: tables of the books, summed up there, or objects of an API.
 * @throws Failure for one without a table of invoices, and for objects of an API where no model is given.
 */
export async function* invoicesInDatabase(
  database: SqlDatabase,
  source: InvoiceReading,
): AsyncGenerator<ReportedInvoices, void, void> {
  try {
    if (!database.exists()) throw noInvoices(database.name, 'none of that name')
    const connection = await database.connect()
    const columns = await database.columns(connection, 'invoices')
    const has = (name: string): boolean => columns.some((column) => column.name === name)
    if (has('line_total')) {
      const isMinor = /int/i.test(columns.find(({ name }) => name === 'total')?.type ?? '')
      const customers = await database.columns(connection, 'customers')
      yield* groupsIn(connection, customers.length > 0, isMinor, await todayOf(database, connection, source))
    } else if (has('document')) {
      const today = await todayOf(database, connection, source)
      for await (const document of documentsIn(connection))
        yield invoiceOf(document, { ...source, today }, database.name)
    } else throw noInvoices(database.name, columns.length > 0 ? 'one of another form' : 'none')
  } catch (error) {
    throw error instanceof Error && error.name === 'Failure' ? error : database.explain(error, 'report on')
  } finally {
    await database.close()
  }
}

/** Returns the day that is stated, else the last that the database was seeded for. */
async function todayOf(database: SqlDatabase, connection: SqlConnection, { today, now }: InvoiceReading): Promise<Day> {
  if (today !== undefined) return today
  if ((await database.columns(connection, partsTable.name)).length === 0) return now
  const [row] = await connection.all<{ today: unknown }>(
    `SELECT max(CAST(today AS char(10))) AS today FROM ${partsTable.name}`,
  )
  return parseDay(String(row?.today)) ?? now
}

const noInvoices = (name: string, received: string): Error =>
  failure(`report on ${name}`, {
    expected: 'a table of invoices that proforma has seeded',
    received,
    cure: 'Seed it first: proforma seed … --to.',
  })

/** Sums are made in the database: rows come by status, currency, month and customer. */
async function* groupsIn(
  { all }: SqlConnection,
  hasCustomers: boolean,
  isMinor: boolean,
  today: Day,
): AsyncGenerator<ReportedInvoices, void, void> {
  const issued = 'CAST(i.issue_date AS char(10))'
  const open = [...owing].map(sqlText).join(', ')
  const groups = await all<Record<string, unknown>>(
    `SELECT i.status AS status, i.currency AS currency, substr(${issued}, 1, 7) AS month,
       ${hasCustomers ? 'c.name' : 'i.customer_id'} AS customer, count(*) AS invoices,
       min(${issued}) AS first_day, max(${issued}) AS last_day,
       CAST(sum(i.total) AS char(40)) AS total, CAST(sum(i.paid) AS char(40)) AS paid,
       CAST(sum(CASE WHEN i.status IN (${open}) THEN i.due ELSE 0 END) AS char(40)) AS due
     FROM ${sqlName('invoices')} i ${hasCustomers ? `LEFT JOIN ${sqlName('customers')} c ON c.id = i.customer_id` : ''}
     GROUP BY 1, 2, 3, 4`,
  )
  for (const group of groups) {
    const currency = String(group.currency)
    const amount = (value: unknown): number => minorOf(value, currency, isMinor)
    yield {
      invoices: Number(group.invoices),
      status: String(group.status),
      currency,
      customer: String(group.customer),
      issued: { first: String(group.first_day), last: String(group.last_day) },
      total: amount(group.total),
      paid: amount(group.paid),
      due: amount(group.due),
      owed: [],
    }
  }
  const owed = await all<Record<string, unknown>>(
    `SELECT i.currency AS currency, CAST(i.due_date AS char(10)) AS due_date, CAST(sum(i.due) AS char(40)) AS due
     FROM ${sqlName('invoices')} i WHERE i.status IN (${open}) GROUP BY 1, 2`,
  )
  for (const { currency, due_date: dueDate, due } of owed)
    yield {
      ...nothing,
      currency: String(currency),
      owed: [{ daysLate: today - (parseDay(String(dueDate)) ?? today), due: minorOf(due, String(currency), isMinor) }],
    }
}

const nothing = { invoices: 0, status: '', customer: '', total: 0, paid: 0, due: 0 }

function minorOf(value: unknown, currency: string, isMinor: boolean): number {
  const decimal = parseDecimal(String(value).trim()) ?? 0n
  return toMinor(decimal, isMinor ? 0 : exponentOf(currency))
}

/** Rows of a page of documents. */
const pageSize = 500

async function* documentsIn({ all }: SqlConnection): AsyncGenerator<unknown, void, void> {
  for (let last: string | undefined; ;) {
    const page = await all<{ id: string; document: unknown }>(
      `SELECT id, document FROM ${sqlName('invoices')}${last === undefined ? '' : ` WHERE id > ${sqlText(last)}`} ORDER BY id LIMIT ${pageSize}`,
    )
    for (const { document } of page) yield typeof document === 'string' ? (JSON.parse(document) as unknown) : document
    if (page.length < pageSize) return
    last = page.at(-1)?.id
  }
}

/**
 * Yields the invoices of a file: objects of an API as NDJSON or JSON, or tables of the books as NDJSON, JSON, CSV or Parquet.
 * @param path of the invoices, or as it was given to `seed --to`; `-` is standard input
 * @throws Failure for a file that cannot be read.
 */
export async function* invoicesInFile(
  path: string,
  source: InvoiceReading,
): AsyncGenerator<ReportedInvoices, void, void> {
  const [invoices, customers] = ['invoices', 'customers'].map((table) => fileWith(path, table))
  const file = path === '-' || existsSync(path) ? path : (invoices ?? path)
  if (/\.(?:csv(?:\.gz|\.zst)?|parquet)$/i.test(file)) {
    yield* invoicesInDatabase(viewsOf(path, { invoices: file, ...(customers !== undefined && { customers }) }), source)
    return
  }
  const names = new Map<string, string>()
  if (customers !== undefined && customers !== file)
    for await (const { value } of jsonObjectsIn(customers))
      if (isObject(value)) names.set(String(value.id), String(value.name))
  for await (const { value, isMinor } of jsonObjectsIn(file)) {
    if (isObject(value) && 'line_total' in value) yield invoiceOfRow(value, isMinor, names, source.today ?? source.now)
    else yield invoiceOf(value, source, path)
  }
}

/** Returns the file of a table: `books.csv.gz` is `books.invoices.csv.gz`. */
function fileWith(path: string, table: string): string | undefined {
  const file = path.replace(/(?:\.invoices)?((?:\.\w+)(?:\.gz|\.zst)?)$/, `.${table}$1`)
  return existsSync(file) ? file : undefined
}

/** Returns a DuckDB in memory that reads files as tables. */
function viewsOf(path: string, files: Readonly<Record<string, string>>): SqlDatabase {
  const database = duckdbDatabase(':memory:', path)
  return {
    ...database,
    exists: () => true,
    async connect() {
      const connection = await database.connect()
      for (const [name, file] of Object.entries(files))
        await connection.run(
          `CREATE VIEW ${sqlName(name)} AS SELECT * FROM ${/\.parquet$/i.test(file) ? 'read_parquet' : 'read_csv'}(${sqlText(file)})`,
        )
      return connection
    },
  }
}

/** Reads a row of the table of invoices. */
function invoiceOfRow(
  row: Readonly<Record<string, unknown>>,
  isMinor: boolean,
  names: ReadonlyMap<string, string>,
  today: Day,
): ReportedInvoices {
  const currency = String(row.currency)
  const amount = (name: string): number => minorOf(row[name], currency, isMinor)
  const status = String(row.status)
  const dueDate = parseDay(String(row.due_date))
  const customer = String(row.customer_id)
  return reported({
    status,
    currency,
    customer: names.get(customer) ?? customer,
    issued: String(row.issue_date),
    total: amount('total'),
    paid: amount('paid'),
    due: amount('due'),
    daysLate: dueDate === undefined ? 0 : today - dueDate,
  })
}

/** Reads an object of an API by the roles of its properties. */
function invoiceOf(value: unknown, { model, now, today = now }: InvoiceReading, name: string): ReportedInvoices {
  if (!model)
    throw failure(`report on ${name}`, {
      expected: 'the API or document whose objects these are',
      received: 'none',
      cure: 'Name it: proforma report truto --from ….',
    })
  const root = readByRole(model.shape(invoicePointer(model)), value)
  const invoice = invoicesIn(root)[0] ?? root
  const currency = currencyOf(invoice)
  const amount = (role: Role): number | undefined => {
    const found = invoice.first(role)
    const decimal = found && readAmount(found, currency, model.representation)
    return decimal === undefined ? undefined : toMinor(decimal, exponentOf(currency))
  }
  const day = (role: Role): Day | undefined => {
    const found = invoice.first(role)
    return found && readDay(found)
  }
  const status = invoice.first('invoice.status')
  const [issued, dueDate] = [day('invoice.issueDate'), day('invoice.dueDate')]
  const total = totalOf(amount)
  if (total === undefined)
    throw failure(`report on ${name}`, {
      expected: `invoices as ${model.name} shows them`,
      received: `one without a total: ${JSON.stringify(value).slice(0, 60)}`,
    })
  const due = amount('invoice.due')
  const paid = amount('invoice.paid')
  const daysLate = dueDate === undefined ? 0 : today - dueDate
  return reported({
    status: statusOf(status, daysLate),
    currency,
    customer: customerOf(invoice),
    ...(issued !== undefined && { issued: formatDay(issued) }),
    total,
    paid: paid ?? total - (due ?? total),
    due: due ?? total - (paid ?? 0),
    daysLate,
  })
}

/** Returns a status in the ledger's words. APIs that have one word for both leave it to the day whether an invoice is overdue. */
function statusOf(found: Occurrence | undefined, daysLate: number): string {
  if (!found) return 'unknown'
  const words = readWords(found.binding, found.raw)
  if (words.includes('open') && words.includes('overdue')) return daysLate > 0 ? 'overdue' : 'open'
  return words[0] ?? String(found.raw)
}

/** Returns the total, where the API states it or what it is derived from (BT-112 = BT-109 + BT-110). */
function totalOf(amount: (role: Role) => number | undefined): number | undefined {
  const stated = amount('invoice.total') ?? amount('invoice.payable')
  if (stated !== undefined) return stated
  const lines = amount('invoice.lineTotal')
  const subtotal =
    amount('invoice.subtotal') ??
    (lines === undefined ? undefined : lines - (amount('invoice.allowances') ?? 0) + (amount('invoice.charges') ?? 0))
  return subtotal === undefined ? undefined : subtotal + (amount('invoice.tax') ?? 0)
}

function customerOf(invoice: BusinessObject): string {
  const parties = [...invoice.list('buyer'), ...invoice.list('invoice.party'), invoice]
  for (const role of ['party.name', 'party.legalName', 'party.id'] satisfies Role[])
    for (const party of parties) {
      const found = party.raw(role)
      if (typeof found === 'string' || typeof found === 'number') return String(found)
    }
  return 'unknown'
}

interface ReadInvoice extends Pick<ReportedInvoices, 'status' | 'currency' | 'customer' | 'total' | 'paid' | 'due'> {
  readonly issued?: string
  readonly daysLate: number
}

function reported({ issued, daysLate, due, ...invoice }: ReadInvoice): ReportedInvoices {
  const owed = owing.has(invoice.status) ? due : 0
  return {
    ...invoice,
    invoices: 1,
    due: owed,
    ...(issued !== undefined && { issued: { first: issued, last: issued } }),
    owed: owed === 0 ? [] : [{ daysLate, due: owed }],
  }
}
