// Columns: the light facts of all entries in typed arrays, so that lists of a million sort and filter without building an invoice.
import { multiplyDivide, statuses } from '../../spec/index.ts'
import type { Day, Status } from '../../spec/index.ts'
import type { Book } from './book.ts'
import { Sums } from './calculate.ts'
import type { Rounding } from './calculate.ts'
import { drawInvoice, InvoiceDraw, statusOn } from './invoice-draw.ts'
import { sumDraws } from './lines.ts'

/** Light facts of every entry, one typed array a fact: what lists sort and filter over. Amounts in minor units. */
export interface Columns {
  readonly size: number
  readonly customer: Uint32Array
  readonly total: Float64Array
  readonly issueDay: Int32Array
  readonly dueDay: Int32Array
  readonly finalDay: Int32Array
  readonly voidDay: Int32Array
  readonly partDay: Int32Array
  readonly partShare: Uint8Array
  readonly payDay: Int32Array
  readonly uncollectibleDay: Int32Array
}

/** Returns the columns of a book's first `size` entries: about 45 bytes an entry. */
export function drawColumns(book: Book, rounding: Rounding, size = book.size): Columns {
  const ints = (): Int32Array => new Int32Array(size)
  const columns: Columns = {
    size,
    customer: new Uint32Array(size),
    total: new Float64Array(size),
    issueDay: ints(),
    dueDay: ints(),
    finalDay: ints(),
    voidDay: ints(),
    partDay: ints(),
    partShare: new Uint8Array(size),
    payDay: ints(),
    uncollectibleDay: ints(),
  }
  const drawn = new InvoiceDraw()
  const sums = new Sums(rounding)
  for (let index = 0; index < size; index++) {
    drawInvoice(book, index, drawn)
    columns.customer[index] = drawn.customer
    columns.total[index] = sumDraws(book, drawn, sums).total
    columns.issueDay[index] = drawn.issueDay
    columns.dueDay[index] = drawn.dueDay
    columns.finalDay[index] = drawn.finalDay
    columns.voidDay[index] = drawn.voidDay
    columns.partDay[index] = drawn.partDay
    columns.partShare[index] = drawn.partShare
    columns.payDay[index] = drawn.payDay
    columns.uncollectibleDay[index] = drawn.uncollectibleDay
  }
  return columns
}

const row = new InvoiceDraw()

function factsAt(columns: Columns, index: number): InvoiceDraw {
  row.finalDay = columns.finalDay[index] as number
  row.dueDay = columns.dueDay[index] as number
  row.voidDay = columns.voidDay[index] as number
  row.partDay = columns.partDay[index] as number
  row.payDay = columns.payDay[index] as number
  row.uncollectibleDay = columns.uncollectibleDay[index] as number
  return row
}

/** Returns the state of an entry on a day, from its columns. */
export const statusAt = (columns: Columns, index: number, today: Day): Status =>
  statusOn(factsAt(columns, index), today)

/** Returns the state of every entry on a day as positions in `statuses`. */
export function statusColumn(columns: Columns, today: Day): Uint8Array {
  const codes = new Uint8Array(columns.size)
  for (let index = 0; index < columns.size; index++) codes[index] = statuses.indexOf(statusAt(columns, index, today))
  return codes
}

/** Returns what has been paid of an entry by a day, in minor units. */
export function paidOn(
  { voidDay, partDay, partShare, payDay }: Pick<InvoiceDraw, 'voidDay' | 'partDay' | 'partShare' | 'payDay'>,
  total: number,
  today: Day,
): number {
  if (voidDay <= today) return 0
  if (payDay <= today) return total
  return partDay <= today ? multiplyDivide(total, partShare, 100) : 0
}

/** Returns what has been paid of every entry by a day, in minor units. */
export function paidColumn(columns: Columns, today: Day): Float64Array {
  const paid = new Float64Array(columns.size)
  for (let index = 0; index < columns.size; index++) {
    paid[index] = paidOn(
      {
        voidDay: columns.voidDay[index] as number,
        partDay: columns.partDay[index] as number,
        partShare: columns.partShare[index] as number,
        payDay: columns.payDay[index] as number,
      },
      columns.total[index] as number,
      today,
    )
  }
  return paid
}
