// Runs the report command: sums up what a demo environment holds.

import { escapeMarkdown } from '../../contracts/index.ts'
import {
  agingGroups,
  duckdbDatabase,
  invoicesInDatabase,
  invoicesInFile,
  mysqlDatabase,
  postgresDatabase,
  reportOn,
  sqliteDatabase,
} from '../../seeds/index.ts'
import type { ReportGroup, InvoiceReading, ReportedInvoices, SeedReport } from '../../seeds/index.ts'
import { formatMajor, localDay, printableData, printableJson } from '../../spec/index.ts'
import { openModel } from '../models.ts'
import { printText } from '../output.ts'
import { readOptions } from '../options/read.ts'
import type { Flags } from '../options/table.ts'
import { count, formatTable, plural } from '../terminal.ts'
import { usageError } from '../usage-error.ts'
import { grouped, toTheRight } from './seed-output.ts'

/**
 * Prints what invoices a file or database has, and returns 0.
 * @throws Failure for what cannot be read, and for objects of an API that is not named.
 */
export async function reportCommand(name: string | undefined, flags: Flags<'report'>): Promise<number> {
  const options = readOptions('report', flags)
  const { from, format, top, today } = options
  const hasModel = name !== undefined || options.document !== undefined
  const report = await reportOn(
    invoicesFrom(from, {
      now: localDay(new Date()),
      ...(today !== undefined && { today }),
      ...(hasModel && { model: openModel(name, options) }),
    }),
    { top },
  )
  const texts = {
    json: () => printableJson(report),
    markdown: () => inMarkdown(printableData(report)),
    text: () => inText(printableData(report)),
  }
  printText(texts[format]())
  return 0
}

function invoicesFrom(from: string, source: InvoiceReading): AsyncIterable<ReportedInvoices> {
  const [, scheme = '', rest = ''] =
    /^(sqlite|duckdb):(?:\/\/)?(.+)$/i.exec(from) ?? /^([a-z][\w+.-]*):\/\/(.*)$/i.exec(from) ?? []
  switch (scheme.toLowerCase()) {
    case '':
      return invoicesInFile(from, source)
    case 'sqlite':
      return invoicesInDatabase(sqliteDatabase(rest), source)
    case 'duckdb':
      return invoicesInDatabase(duckdbDatabase(rest, rest), source)
    case 'postgres':
    case 'postgresql':
      return invoicesInDatabase(postgresDatabase(from, 1), source)
    case 'mysql':
    case 'mariadb':
      return invoicesInDatabase(mysqlDatabase(from.replace(/^mariadb:/i, 'mysql:')), source)
    default:
      throw usageError('--from', {
        expected: 'a file, sqlite:file.db, duckdb:file.db, postgres://… or mysql://…',
        received: `an address that begins with ${scheme}://`,
      })
  }
}

/** A heading, and rows of cells, the first of which are headings. */
type Section = readonly [heading: string, rows: readonly (readonly string[])[]]

function sectionsOf(report: SeedReport): readonly Section[] {
  const { statuses, months, currencies, customers, customerCount, aging } = report
  const groups = (what: string, list: readonly ReportGroup[]): string[][] => [
    [what, 'invoices', 'currency', 'total', 'paid', 'due'],
    ...list.flatMap(({ name, invoices, money }) =>
      money.map(({ currency, exponent, total, paid, due }, place) => [
        place === 0 ? name : '',
        place === 0 ? count(invoices) : '',
        currency,
        ...[total, paid, due].map((minor) => amount(minor, exponent)),
      ]),
    ),
  ]
  return [
    ['Currencies', groups('', currencies).map(([, ...cells]) => [cells[1] ?? '', cells[0] ?? '', ...cells.slice(2)])],
    ['Statuses', groups('status', statuses)],
    ['Months of issue', groups('month', months)],
    [
      customers.length < customerCount ? `Customers (${customers.length} of ${count(customerCount)})` : 'Customers',
      groups('customer', customers),
    ],
    [
      'Owed, by days since it was due',
      [
        ['currency', ...agingGroups],
        ...aging.map(({ currency, exponent, due }) => [
          currency,
          ...agingGroups.map((group) => amount(due[group], exponent)),
        ]),
      ],
    ],
  ]
}

const amount = (minor: number, exponent: number): string => grouped(formatMajor(minor, exponent))

const headline = ({ invoices, first, last, customerCount }: SeedReport): string =>
  `${plural(invoices, 'invoice')} of ${plural(customerCount, 'customer')}${first === undefined ? '' : `, issued from ${first} to ${last}`}`

const inText = (report: SeedReport): string =>
  `${headline(report)}\n${sectionsOf(report)
    .filter(([, rows]) => rows.length > 1)
    .map(([heading, rows]) => `\n${heading}\n${formatTable(withTextLeft(rows))}\n`)
    .join('')}`

/** Aligns figures to the right; names in the first column stay at the left. */
function withTextLeft(rows: readonly (readonly string[])[]): string[][] {
  const figures = toTheRight(rows.map((row) => row.slice(1)))
  return rows.map((row, place) => [row[0] ?? '', ...(figures[place] ?? [])])
}

const inMarkdown = (report: SeedReport): string =>
  `# ${headline(report)}\n${sectionsOf(report)
    .filter(([, rows]) => rows.length > 1)
    .map(([heading, [names = [], ...rows]]) =>
      [
        `\n## ${heading}\n`,
        `| ${names.join(' | ')} |`,
        `| ${names.map((_, place) => (place === 0 ? '---' : '---:')).join(' | ')} |`,
        ...rows.map((row) => `| ${row.map(escapeMarkdown).join(' | ')} |`),
        '',
      ].join('\n'),
    )
    .join('')}`
