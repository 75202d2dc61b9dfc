import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calculate, netOf, grossOf } from '../../../factories/ledger/calculate.ts'
import type { InvoiceInput } from '../../../factories/ledger/calculate.ts'
import { withinCapabilities } from '../../../factories/ledger/present.ts'
import type { Capabilities } from '../../../factories/ledger/present.ts'
import { multiplyDivide } from '../../../spec/index.ts'

const rate = fc.constantFrom(0, 7_000, 8_875, 19_000, 20_000)
const line = fc.record({
  name: fc.constant('Anvil'),
  description: fc.constant('Anvil'),
  product: fc.constant(1),
  productType: fc.constant('goods' as const),
  unit: fc.constant('C62'),
  quantity: fc.integer({ min: 1, max: 500_000 }),
  price: fc.oneof(
    fc.integer({ min: -100_000, max: 1_000_000 }),
    fc.integer({ min: 1, max: 2_000_000 }).map((millionths) => millionths / 1_000_000),
  ),
  allowance: fc.constantFrom(0, 0, 250),
  taxRate: rate,
})
const adjustment = fc.record({
  amount: fc.integer({ min: 1, max: 50_000 }),
  reason: fc.constant('Freight'),
  taxRate: rate,
})
const draft: fc.Arbitrary<InvoiceInput> = fc.record({
  lines: fc.array(line, { minLength: 1, maxLength: 12 }),
  allowances: fc.array(adjustment, { maxLength: 2 }),
  charges: fc.array(adjustment, { maxLength: 2 }),
})
const capabilities: fc.Arbitrary<Capabilities> = fc.record({
  allowances: fc.boolean(),
  charges: fc.boolean(),
  lineAllowances: fc.boolean(),
  fractionalQuantities: fc.boolean(),
  finePrices: fc.boolean(),
  tax: fc.boolean(),
})

/** Half up and away from zero, in whole numbers of any size. */
function halfUp(numerator: bigint, denominator: bigint): bigint {
  const size = numerator < 0n ? -numerator : numerator
  const rounded = (2n * size + denominator) / (2n * denominator)
  return numerator < 0n ? -rounded : rounded
}

const total = (list: readonly number[]): number => list.reduce((all, value) => all + value, 0)

describe('the one rounding', () => {
  it('is half up at any size', () => {
    fc.assert(
      fc.property(
        fc.maxSafeInteger(),
        fc.integer({ min: -1_000_000, max: 1_000_000 }),
        fc.integer({ min: 1, max: 10_000_000 }),
        (a, b, divisor) => {
          const expected = halfUp(BigInt(a) * BigInt(b), BigInt(divisor))
          fc.pre(expected < 2n ** 53n && expected > -(2n ** 53n))
          expect(multiplyDivide(a, b, divisor)).toBe(Number(expected) + 0)
        },
      ),
    )
  })

  it.each([
    [1, 1, 2, 1],
    [3, 1, 2, 2],
    [-1, 1, 2, -1],
    [-3, 1, 2, -2],
    [1, 1, 3, 0],
    [2, 1, 3, 1],
    [105, 19_000, 100_000, 20],
  ])('makes %i × %i ÷ %i %i', (a, b, divisor, expected) => {
    expect(multiplyDivide(a, b, divisor)).toBe(expected)
  })
})

describe('quantity × price', () => {
  it('is exact for prices finer than the currency', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }),
        fc.integer({ min: 1, max: 1_000_000_000_000 }),
        (quantity, millionths) => {
          const expected = halfUp(BigInt(quantity) * BigInt(millionths), 1_000_000_000n)
          expect(grossOf(quantity, millionths / 1_000_000)).toBe(Number(expected) + 0)
        },
      ),
    )
  })
})

describe('the sums of a draft', () => {
  it('hold every identity of EN 16931', () => {
    fc.assert(
      fc.property(draft, fc.constantFrom('line' as const, 'total' as const), (invoice, rounding) => {
        const sums = calculate(invoice, rounding)
        expect(sums.lineTotal).toBe(total(invoice.lines.map(netOf)))
        expect(sums.subtotal).toBe(sums.lineTotal - sums.allowances + sums.charges)
        expect(sums.tax).toBe(total(sums.taxes.map(({ amount }) => amount)))
        expect(sums.total).toBe(sums.subtotal + sums.tax)
        expect(total(sums.lines.map(({ tax }) => tax))).toBe(sums.tax)
        expect(total(sums.taxes.map(({ base }) => base))).toBe(sums.subtotal)
      }),
    )
  })

  it('round each rate once, or each line, as asked', () => {
    const lines = Array.from({ length: 3 }, () => ({
      name: 'Pin',
      description: 'Pin',
      product: 0,
      productType: 'goods' as const,
      unit: 'C62',
      quantity: 1000,
      price: 3,
      allowance: 0,
      taxRate: 19_000,
    }))
    // 0.19 × 3 is 0.57 a line: three times 1 by line, 1.71 and so 2 on the whole.
    expect(calculate({ lines, allowances: [], charges: [] }, 'line').tax).toBe(3)
    expect(calculate({ lines, allowances: [], charges: [] }, 'total').tax).toBe(2)
  })
})

describe('an invoice for an API with fewer places', () => {
  it('has the same total, said in what the API has', () => {
    fc.assert(
      fc.property(draft, capabilities, (invoice, can) => {
        const said = withinCapabilities(invoice, can)
        expect(calculate(said).total).toBe(calculate(invoice).total)
        if (!can.allowances) expect(said.allowances).toEqual([])
        if (!can.charges) expect(said.charges).toEqual([])
        if (!can.lineAllowances) expect(said.lines.every(({ allowance }) => allowance === 0)).toBe(true)
        if (!can.fractionalQuantities) expect(said.lines.every(({ quantity }) => quantity % 1000 === 0)).toBe(true)
        if (!can.tax) expect(calculate(said).tax).toBe(0)
      }),
    )
  })
})
