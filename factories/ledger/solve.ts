import { multiplyDivide } from '../../spec/index.ts'
import { mainRateOf, netOf, sum } from './draft.ts'
import type { Draft, DraftLine } from './draft.ts'
import { contradiction } from './pins.ts'
import type { Pins, Spell } from './pins.ts'
import { wholeRate } from './sums.ts'

/** The sums somebody has fixed, in minor units. */
export type Target = Pick<Pins, 'lineTotal' | 'subtotal' | 'tax' | 'total'>

/**
 * Returns the draft changed as little as needed to have the stated sums.
 * @param fixed `lines`: they were stated too, so that at most their tax rate can still give way; `rates`: neither can that
 * @throws Failure naming the law where no draft has these sums.
 */
export function solve(draft: Draft, target: Target, fixed: 'nothing' | 'lines' | 'rates', spell: Spell): Draft {
  const wanted = complete(draft, target, spell)
  if (wanted.subtotal === undefined && wanted.tax === undefined && wanted.total === undefined) return draft
  const solved =
    fixed === 'nothing' ? reach(draft, wanted, spell) : fixed === 'lines' ? taxed(draft, target.tax) : draft
  verify(solved, target, spell)
  return solved
}

interface Wanted {
  readonly subtotal?: number
  readonly tax?: number
  readonly total?: number
}

/** Of subtotal, tax and total, two give the third; the line total is the subtotal before what is taken off and put on. */
function complete(draft: Draft, { lineTotal, subtotal, tax, total }: Target, spell: Spell): Wanted {
  const atFoot =
    draft.charges.reduce((all, { amount }) => all + amount, 0) -
    draft.allowances.reduce((all, { amount }) => all + amount, 0)
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

function reach(draft: Draft, { subtotal, tax, total }: Wanted, spell: Spell): Draft {
  if (subtotal !== undefined) return withTax(withSubtotal(draft, subtotal), tax, spell)
  return total === undefined ? withTax(draft, tax, spell) : withTotal(draft, total, spell)
}

/** Gives the largest line what is missing; where that would turn it round, one line stands for all. */
function withSubtotal(draft: Draft, subtotal: number): Draft {
  const missing = subtotal - sum(draft).subtotal
  if (missing === 0) return draft
  const nets = draft.lines.map(netOf)
  const largest = nets.indexOf(Math.max(...nets))
  const net = (nets[largest] ?? 0) + missing
  if (draft.lines.length > 0 && net > 0 === subtotal > 0)
    return { ...draft, lines: draft.lines.map((line, index) => (index === largest ? priced(line, net) : line)) }
  const atFoot = sum({ ...draft, lines: [] }).subtotal
  return { ...draft, lines: [priced(draft.lines[largest] ?? sundry(mainRateOf(draft.lines)), subtotal - atFoot)] }
}

/** Keeps the quantity where the price stays whole, else bills one unit. */
function priced(line: DraftLine, net: number): DraftLine {
  const price = (net * 1000) / line.quantity
  return Number.isInteger(price)
    ? { ...line, price, allowance: 0 }
    : { ...line, quantity: 1000, price: net, allowance: 0 }
}

const sundry = (taxRate: number, price = 0): DraftLine => ({
  name: 'Sundry',
  description: 'Sundry',
  product: -1,
  productType: 'service',
  unit: 'C62',
  quantity: 1000,
  price,
  allowance: 0,
  taxRate,
})

/** Total grows with the subtotal in steps of one or two; a total between two steps takes one untaxed minor unit. */
function withTotal(draft: Draft, total: number, spell: Spell): Draft {
  const now = sum(draft)
  if (now.total === total) return draft
  let subtotal =
    now.total === 0
      ? multiplyDivide(total, wholeRate, wholeRate + mainRateOf(draft.lines))
      : multiplyDivide(now.subtotal, total, now.total)
  for (let attempt = 0; attempt < 40; attempt++) {
    const candidate = withSubtotal(draft, subtotal)
    const missing = total - sum(candidate).total
    if (missing === 0) return candidate
    if (missing === 1 && sum(withSubtotal(draft, subtotal + 1)).total > total)
      return { ...candidate, lines: [...candidate.lines, sundry(0, 1)] }
    const step = multiplyDivide(missing, wholeRate, wholeRate + mainRateOf(candidate.lines))
    subtotal += step === 0 ? Math.sign(missing) : step
  }
  return withTax(withSubtotal(draft, total), 0, spell)
}

/** Gives every line the rate that makes the stated tax, where there is one. */
function taxed(draft: Draft, tax: number | undefined): Draft {
  const { subtotal, tax: now } = sum(draft)
  if (tax === undefined || tax === now || subtotal === 0) return draft
  const rate = rateFor(subtotal, tax)
  return rate === undefined ? draft : withRate(draft, rate)
}

/** Returns the rate, in thousandths of a percent, that makes a tax of a net amount; `undefined` where none does. */
export function rateFor(net: number, tax: number): number | undefined {
  const below = Math.floor((tax * wholeRate) / net)
  return below < 0 ? undefined : [below, below + 1].find((rate) => multiplyDivide(net, rate, wholeRate) === tax)
}

/** Gives every line one rate, or two neighbouring rates, that make the tax exactly what was stated. */
function withTax(draft: Draft, tax: number | undefined, spell: Spell): Draft {
  const { subtotal, tax: now } = sum(draft)
  if (tax === undefined || tax === now) return draft
  if (subtotal === 0 || (tax < 0 !== subtotal < 0 && tax !== 0))
    throw contradiction('BR-CO-17', `no tax on a subtotal of ${spell(subtotal)}`, spell(tax))
  const rate = rateFor(subtotal, tax)
  return rate === undefined
    ? split(draft, subtotal, tax, Math.floor((tax * wholeRate) / subtotal), spell)
    : withRate(draft, rate)
}

const withRate = (draft: Draft, taxRate: number): Draft => ({
  lines: draft.lines.map((line) => ({ ...line, taxRate })),
  allowances: draft.allowances.map((allowance) => ({ ...allowance, taxRate })),
  charges: draft.charges.map((charge) => ({ ...charge, taxRate })),
})

/** On a large subtotal one rate moves the tax by more than one unit: a second line takes the next rate. */
function split(draft: Draft, subtotal: number, tax: number, rate: number, spell: Spell): Draft {
  const share = Math.round(tax * wholeRate - subtotal * rate)
  for (const amount of [share, share - wholeRate / 4, share + wholeRate / 4]) {
    const rest = withRate(withSubtotal(draft, subtotal - amount), rate)
    const candidate = { ...rest, lines: [...rest.lines, sundry(rate + 1, amount)] }
    if (sum(candidate).tax === tax) return candidate
  }
  throw contradiction('BR-CO-17', `a tax that some rate makes of ${spell(subtotal)}`, spell(tax))
}

function verify(draft: Draft, target: Target, spell: Spell): void {
  const reached = sum(draft)
  const names = {
    lineTotal: 'a line total of',
    subtotal: 'a subtotal of',
    tax: 'a tax of',
    total: 'a total of',
  } as const
  const laws = { lineTotal: 'BR-CO-10', subtotal: 'BR-CO-13', tax: 'BR-CO-14', total: 'BR-CO-15' } as const
  for (const [name, law] of Object.entries(laws) as [keyof Target & keyof typeof reached, string][]) {
    const wanted = target[name]
    if (wanted !== undefined && wanted !== reached[name])
      throw contradiction(law, `${names[name]} ${spell(reached[name])}, as the lines make it`, spell(wanted))
  }
}
