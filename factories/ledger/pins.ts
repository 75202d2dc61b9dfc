// Pins: values of an invoice that were stated from outside, and lines that reach the sums among them.
import { failure, formatMajor, multiplyDivide } from '../../spec/index.ts'
import type { Day, Failure, Instant, Intake, Status } from '../../spec/index.ts'
import { calculate, mainRateOf, netOf, wholeRate } from './calculate.ts'
import type { InvoiceInput, LineInput } from './calculate.ts'
import { asLine } from './present.ts'

/** A line that is stated in parts; what is missing follows from the rest. */
export type LinePin = Partial<LineInput> & { readonly net?: number }

/** Values of an invoice that are stated; all others are derived so that every law holds. Minor units, thousandths, days. */
export interface Pins {
  readonly number?: string
  /** Number of the customer. */
  readonly buyer?: number
  readonly currency?: string
  readonly exchangeRate?: number
  readonly issueDate?: Day
  readonly dueDate?: Day
  readonly periodStart?: Day
  readonly periodEnd?: Day
  readonly promisedDate?: Day
  readonly status?: Status
  readonly direction?: 'receivable' | 'payable'
  readonly isDisputed?: boolean
  readonly purchaseOrder?: string
  readonly salesOrder?: string
  readonly note?: string
  readonly privateNote?: string
  readonly intake?: Intake
  readonly syncStatus?: 'partial' | 'syncing' | 'synced' | 'failed'
  readonly syncedAt?: Instant
  readonly createdAt?: Instant
  readonly sentAt?: Instant
  readonly paidAt?: Instant
  readonly voidedAt?: Instant
  readonly uncollectibleAt?: Instant
  readonly lines?: readonly LinePin[]
  readonly lineTotal?: number
  readonly allowances?: number
  readonly charges?: number
  readonly subtotal?: number
  readonly tax?: number
  readonly total?: number
  readonly paid?: number
  readonly due?: number
}

/** Returns the error of pins that no invoice can have together; it names the law they break. */
export const contradiction = (law: string, expected: string, received: string): Failure =>
  failure('build an invoice', {
    expected: `${expected} (${law})`,
    received,
    cure: 'Leave one of the values out and it is derived.',
  })

/** Returns how errors spell an amount of minor units: in major units, with all decimals. */
export const spellIn =
  (exponent: number) =>
  (minor: number): string =>
    formatMajor(minor, exponent)

/** Spells an amount for an error. */
export type Spell = (minor: number) => string

/** The sums that are stated, in minor units. */
type TargetTotals = Pick<Pins, 'lineTotal' | 'subtotal' | 'tax' | 'total'>

/**
 * Returns the input changed as little as needed to have the stated sums.
 * @param fixed `lines`: they were stated too, so that at most their tax rate can still give way; `rates`: neither can that
 * @throws Failure naming the law where no input has these sums.
 */
export function solveTotals(
  input: InvoiceInput,
  target: TargetTotals,
  fixed: 'nothing' | 'lines' | 'rates',
  spell: Spell,
): InvoiceInput {
  const wanted = completeTotals(input, target, spell)
  if (wanted.subtotal === undefined && wanted.tax === undefined && wanted.total === undefined) return input
  const solved =
    fixed === 'nothing' ? reachTotals(input, wanted, spell) : fixed === 'lines' ? withTaxRate(input, target.tax) : input
  verify(solved, target, spell)
  return solved
}

interface Wanted {
  readonly subtotal?: number
  readonly tax?: number
  readonly total?: number
}

/** Of subtotal, tax and total, two give the third; the line total is the subtotal before what is taken off and put on. */
function completeTotals(input: InvoiceInput, { lineTotal, subtotal, tax, total }: TargetTotals, spell: Spell): Wanted {
  const atFoot =
    input.charges.reduce((all, { amount }) => all + amount, 0) -
    input.allowances.reduce((all, { amount }) => all + amount, 0)
  const fromLines = lineTotal === undefined ? undefined : lineTotal + atFoot
  if (fromLines !== undefined && subtotal !== undefined && fromLines !== subtotal)
    throw contradiction('BR-CO-13', `a subtotal of ${spell(fromLines)}`, spell(subtotal))
  const net = fromLines ?? subtotal ?? (total !== undefined && tax !== undefined ? total - tax : undefined)
  if (net !== undefined && tax !== undefined && total !== undefined && net + tax !== total)
    throw contradiction('BR-CO-15', `a total of ${spell(net + tax)}`, spell(total))
  const vat = tax ?? (net !== undefined && total !== undefined ? total - net : undefined)
  return {
    ...(net !== undefined && { subtotal: net }),
    ...(vat !== undefined && { tax: vat }),
    ...(total !== undefined && { total }),
  }
}

function reachTotals(input: InvoiceInput, { subtotal, tax, total }: Wanted, spell: Spell): InvoiceInput {
  if (subtotal !== undefined) return withTax(withSubtotal(input, subtotal), tax, spell)
  return total === undefined ? withTax(input, tax, spell) : withTotal(input, total, spell)
}

/** Gives the largest line what is missing; where that would turn it round, one line stands for all. */
function withSubtotal(input: InvoiceInput, subtotal: number): InvoiceInput {
  const missing = subtotal - calculate(input).subtotal
  if (missing === 0) return input
  const nets = input.lines.map(netOf)
  const largest = nets.indexOf(Math.max(...nets))
  const net = (nets[largest] ?? 0) + missing
  if (input.lines.length > 0 && net > 0 === subtotal > 0)
    return { ...input, lines: input.lines.map((line, index) => (index === largest ? priced(line, net) : line)) }
  const atFoot = calculate({ ...input, lines: [] }).subtotal
  return { ...input, lines: [priced(input.lines[largest] ?? sundry(mainRateOf(input.lines)), subtotal - atFoot)] }
}

/** Keeps the quantity where the price stays whole, else bills one unit. */
function priced(line: LineInput, net: number): LineInput {
  const price = (net * 1000) / line.quantity
  return Number.isInteger(price)
    ? { ...line, price, allowance: 0 }
    : { ...line, quantity: 1000, price: net, allowance: 0 }
}

const sundry = (taxRate: number, price = 0): LineInput => asLine({ reason: 'Sundry', taxRate }, price)

/** Total grows with the subtotal in steps of one or two; a total between two steps takes one untaxed minor unit. */
function withTotal(input: InvoiceInput, total: number, spell: Spell): InvoiceInput {
  const now = calculate(input)
  if (now.total === total) return input
  let subtotal =
    now.total === 0
      ? multiplyDivide(total, wholeRate, wholeRate + mainRateOf(input.lines))
      : multiplyDivide(now.subtotal, total, now.total)
  for (let attempt = 0; attempt < 40; attempt++) {
    const candidate = withSubtotal(input, subtotal)
    const missing = total - calculate(candidate).total
    if (missing === 0) return candidate
    if (missing === 1 && calculate(withSubtotal(input, subtotal + 1)).total > total)
      return { ...candidate, lines: [...candidate.lines, sundry(0, 1)] }
    const step = multiplyDivide(missing, wholeRate, wholeRate + mainRateOf(candidate.lines))
    subtotal += step === 0 ? Math.sign(missing) : step
  }
  return withTax(withSubtotal(input, total), 0, spell)
}

/** Gives every line the rate that makes the stated tax, where there is one. */
function withTaxRate(input: InvoiceInput, tax: number | undefined): InvoiceInput {
  const { subtotal, tax: now } = calculate(input)
  if (tax === undefined || tax === now || subtotal === 0) return input
  const rate = rateFor(subtotal, tax)
  return rate === undefined ? input : withRate(input, rate)
}

/** Returns the rate, in thousandths of a percent, that makes a tax of a net amount; `undefined` where none does. */
export function rateFor(net: number, tax: number): number | undefined {
  const below = Math.floor((tax * wholeRate) / net)
  return below < 0 ? undefined : [below, below + 1].find((rate) => multiplyDivide(net, rate, wholeRate) === tax)
}

/** Gives every line one rate, or two neighbouring rates, that make the tax exactly what was stated. */
function withTax(input: InvoiceInput, tax: number | undefined, spell: Spell): InvoiceInput {
  const { subtotal, tax: now } = calculate(input)
  if (tax === undefined || tax === now) return input
  if (subtotal === 0 || (tax < 0 !== subtotal < 0 && tax !== 0))
    throw contradiction('BR-CO-17', `no tax on a subtotal of ${spell(subtotal)}`, spell(tax))
  const rate = rateFor(subtotal, tax)
  return rate === undefined
    ? split(input, subtotal, tax, Math.floor((tax * wholeRate) / subtotal), spell)
    : withRate(input, rate)
}

const withRate = (input: InvoiceInput, taxRate: number): InvoiceInput => ({
  lines: input.lines.map((line) => ({ ...line, taxRate })),
  allowances: input.allowances.map((allowance) => ({ ...allowance, taxRate })),
  charges: input.charges.map((charge) => ({ ...charge, taxRate })),
})

/** On a large subtotal one rate moves the tax by more than one unit: a second line takes the next rate. */
function split(input: InvoiceInput, subtotal: number, tax: number, rate: number, spell: Spell): InvoiceInput {
  const share = Math.round(tax * wholeRate - subtotal * rate)
  for (const amount of [share, share - wholeRate / 4, share + wholeRate / 4]) {
    const rest = withRate(withSubtotal(input, subtotal - amount), rate)
    const candidate = { ...rest, lines: [...rest.lines, sundry(rate + 1, amount)] }
    if (calculate(candidate).tax === tax) return candidate
  }
  throw contradiction('BR-CO-17', `a tax that some rate makes of ${spell(subtotal)}`, spell(tax))
}

function verify(input: InvoiceInput, target: TargetTotals, spell: Spell): void {
  const reached = calculate(input)
  const names = {
    lineTotal: 'a line total of',
    subtotal: 'a subtotal of',
    tax: 'a tax of',
    total: 'a total of',
  } as const
  const laws = { lineTotal: 'BR-CO-10', subtotal: 'BR-CO-13', tax: 'BR-CO-14', total: 'BR-CO-15' } as const
  for (const [name, law] of Object.entries(laws) as [keyof TargetTotals & keyof typeof reached, string][]) {
    const wanted = target[name]
    if (wanted !== undefined && wanted !== reached[name])
      throw contradiction(law, `${names[name]} ${spell(reached[name])}, as the lines make it`, spell(wanted))
  }
}
