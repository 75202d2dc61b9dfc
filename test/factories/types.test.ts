import { describe, expect, expectTypeOf, it } from 'vitest'
import { factory } from '../../index.ts'
import type { Factory, InvoiceOf, Schemas } from '../../index.ts'

// The compiler judges these: `npm run typecheck`.
describe('a factory of a built-in API', () => {
  it('builds the type that the document gives its invoices', () => {
    const stuut = factory('stuut', { seed: 42 })
    expectTypeOf(stuut).toEqualTypeOf<Factory<InvoiceOf<'stuut'>>>()
    expectTypeOf(stuut.build()).toEqualTypeOf<Schemas['stuut']['Invoice']>()
    expectTypeOf<InvoiceOf<'nuntiq'>>().toEqualTypeOf<Schemas['nuntiq']['InvoiceDetailResponse']>()
    expectTypeOf<InvoiceOf<'customeros'>['status']>().toEqualTypeOf<'DRAFT' | 'DUE' | 'PAID' | 'VOID'>()
    expect(stuut.build().line_items?.length).toBeGreaterThan(0)
  })

  it('takes only params of its own names and words', () => {
    const stuut = factory('stuut', { seed: 42 })
    expect(stuut.build({ status: 'paid' }).status).toBe('paid')
    // @ts-expect-error no invoice is payed
    expect(() => stuut.build({ status: 'payed' })).toThrow('Did you mean "paid"')
    // @ts-expect-error a name that no role has
    expect(() => stuut.build({ totals: '121.00' })).toThrow('Did you mean "total"')
    // @ts-expect-error a trait that none knows
    expect(() => stuut.traits('late')).toThrow('Failed to find trait "late"')
  })

  it('hands overrides what stands there', () => {
    const built = factory('truto', { seed: 42 })
      .override({ memo: (memo) => memo?.toUpperCase(), '/line_items/0/description': 'Consulting' })
      .build()
    expect(built.line_items?.[0]?.description).toBe('Consulting')
    // @ts-expect-error a property that the document does not name
    factory('truto').override({ mmeo: 'None' })
  })

  it('builds any schema of the document that speaks of nothing but invoices', () => {
    const pages = factory('stuut', { schema: 'InvoicePage' })
    expectTypeOf(pages.build()).toEqualTypeOf<Schemas['stuut']['InvoicePage']>()
    expect(factory('stuut', { schema: 'ErrorDetail' }).build().loc.length).toBeGreaterThan(0)
    expect(() => factory('stuut', { schema: 'LineItem' })).toThrow('one that speaks of its line')
    // @ts-expect-error a schema that the document does not have
    expect(() => factory<'stuut', 'Invoce'>('stuut', { schema: 'Invoce' })).toThrow('Did you mean "Invoice"?')
  })

  it('takes a type of its user for a model of its own', () => {
    expectTypeOf(factory<{ readonly id: string }>('truto').build()).toEqualTypeOf<{ readonly id: string }>()
  })
})
