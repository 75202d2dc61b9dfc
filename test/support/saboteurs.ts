import type { InvoiceParams, TraitName } from '../../factories/index.ts'
import type { ApiName } from '../../index.ts'
import type { Edit } from './edit.ts'

/** An edit of a valid invoice that makes a law fall. */
export interface Saboteur {
  readonly api: ApiName
  /** What an invoice must be like for the edit to break something. */
  readonly traits?: readonly TraitName[]
  readonly params?: InvoiceParams
  /** Below the invoice. */
  readonly edit: Edit
  /** The other laws that fall with it. */
  readonly with?: readonly string[]
}

const two = [
  { name: 'Brackets', quantity: 3, price: '19.00', taxRate: 10 },
  { name: 'Fitting', quantity: 2, price: '80.00', taxRate: 10 },
]
const field = (key: string): string => `/invoice/fields/key=${key}/value`

/** Saboteurs by the code of the law that they are for. */
export const saboteurs: Readonly<Record<string, readonly Saboteur[]>> = {
  'BR-16': [
    { api: 'stuut', edit: { at: '/line_items', to: [] } },
    { api: 'truto', edit: { at: '/line_items', to: [] } },
    { api: 'nuntiq', edit: { at: '/lines', to: [] } },
    { api: 'customeros', edit: { at: '/invoiceLineItems', to: [] } },
  ],
  'BR-CO-10': [
    { api: 'truto', edit: { at: '/sub_total', plus: 1 } },
    { api: 'nuntiq', edit: { at: field('net_amount'), plus: 1 }, with: ['BR-CO-13'] },
    { api: 'stuut', params: { lines: two }, edit: { at: '/line_items/1', drop: true }, with: ['PF-LINE-TAX'] },
    {
      api: 'customeros',
      params: { lines: two },
      edit: { at: '/invoiceLineItems/1', drop: true },
      with: ['PF-LINE-TAX'],
    },
  ],
  'BR-CO-11': [{ api: 'nuntiq', traits: ['discounted'], edit: { at: '/discounts/0', drop: true } }],
  'BR-CO-12': [{ api: 'nuntiq', params: { charges: '25.00' }, edit: { at: '/charges/0/charge_amount', plus: 1 } }],
  'BR-CO-13': [{ api: 'nuntiq', edit: { at: field('subtotal'), plus: 1 }, with: ['BR-CO-15'] }],
  'BR-CO-14': [{ api: 'nuntiq', params: { lines: two }, edit: { at: '/taxes/0', drop: true }, with: ['BR-CO-18'] }],
  'BR-CO-15': [
    { api: 'nuntiq', edit: { at: field('total_amount'), plus: 1 }, with: ['BR-CO-16'] },
    { api: 'stuut', edit: { at: '/total_tax', plus: 1 }, with: ['PF-LINE-TAX'] },
    { api: 'customeros', edit: { at: '/taxDue', plus: 1 }, with: ['PF-LINE-TAX'] },
  ],
  'BR-CO-16': [
    { api: 'nuntiq', edit: { at: field('amount_due'), plus: 1 } },
    { api: 'customeros', traits: ['open'], edit: { at: '/amountRemaining', plus: 1 } },
  ],
  'BR-CO-17': [
    {
      api: 'nuntiq',
      params: { lines: two },
      edit: { at: '/taxes/0/tax_rate', plus: 5 },
      with: ['BR-CO-18', 'BR-S-08'],
    },
  ],
  'BR-S-08': [
    { api: 'nuntiq', params: { lines: two }, edit: { at: '/taxes/0/tax_base_amount', plus: 10 }, with: ['BR-CO-17'] },
  ],
  'BR-CO-18': [
    {
      api: 'nuntiq',
      params: { lines: two },
      edit: { at: '/lines/0/fields/key=tax_rate/value', plus: 1 },
      with: ['BR-S-08'],
    },
  ],
  'BR-DEC': [
    { api: 'truto', edit: { at: '/total_tax_amount', plus: 0.001 } },
    {
      api: 'nuntiq',
      traits: ['open'],
      params: { lines: two },
      edit: { at: '/lines/0/fields/key=net_amount/value', plus: 0.001 },
      with: ['BR-CO-10', 'BR-S-08'],
    },
    { api: 'customeros', traits: ['open'], edit: { at: '/amountRemaining', plus: 0.001 }, with: ['BR-CO-16'] },
    { api: 'stuut', edit: { at: '/line_items/0/total_discount', plus: 0.001 } },
  ],
  'PF-PAYABLE': [{ api: 'stuut', edit: { at: '/amount_due', plus: 1 } }],
  'PF-LINE': [
    { api: 'truto', edit: { at: '/line_items/0/quantity', plus: 1 } },
    { api: 'stuut', edit: { at: '/line_items/0/quantity', plus: 1 } },
    { api: 'customeros', edit: { at: '/invoiceLineItems/0/quantity', plus: 1 } },
    { api: 'nuntiq', edit: { at: '/lines/0/fields/key=quantity/value', plus: 1 } },
  ],
  'PF-LINE-TOTAL': [{ api: 'customeros', edit: { at: '/invoiceLineItems/0/total', plus: 1 } }],
  'PF-LINE-TAX': [
    { api: 'stuut', edit: { at: '/line_items/0/total_tax', plus: 1 } },
    { api: 'customeros', edit: { at: '/invoiceLineItems/0/taxDue', plus: 1 }, with: ['PF-LINE-TOTAL'] },
    { api: 'nuntiq', edit: { at: '/lines/0/fields/key=tax_amount/value', plus: 1 } },
  ],
  'PF-PAYMENTS': [
    { api: 'stuut', traits: ['paid'], edit: { at: '/payments/0/amount', plus: 1 } },
    { api: 'stuut', traits: ['paid'], edit: { at: '/amount_paid', plus: -1 }, with: ['PF-STATUS'] },
  ],
  'PF-DATES': [
    { api: 'stuut', traits: ['paid'], edit: { at: '/due_date', to: '2001-01-01T00:00:00Z' } },
    { api: 'truto', traits: ['paid'], edit: { at: '/due_date', to: '2001-01-01T00:00:00Z' } },
    { api: 'truto', edit: { at: '/updated_at', to: '2031-01-01T00:00:00Z' } },
    { api: 'customeros', edit: { at: '/metadata/lastUpdated', to: '2001-01-01T00:00:00Z' } },
    { api: 'nuntiq', edit: { at: field('due_date'), to: '2001-01-01' } },
  ],
  'PF-STATUS': [
    { api: 'stuut', traits: ['overdue'], edit: { at: '/status', to: 'paid' } },
    { api: 'stuut', traits: ['open'], edit: { at: '/status', to: 'overdue' } },
    { api: 'stuut', traits: ['open'], edit: { at: '/status', to: 'void' } },
    { api: 'truto', traits: ['open'], edit: { at: '/status', to: 'paid' } },
    { api: 'customeros', traits: ['open'], edit: { at: '/paid', to: true } },
    { api: 'customeros', traits: ['paid'], edit: { at: '/status', to: 'DUE' } },
  ],
  'PF-KEYS': [
    { api: 'stuut', edit: { at: '/line_items/0/invoice_id', to: 'inv_000000000000' } },
    { api: 'stuut', edit: { at: '/partner/id', to: 'prt_000000000000' } },
    { api: 'nuntiq', edit: { at: '/lines/0/invoice_id', to: 1 } },
  ],
  'PF-AGREE': [
    { api: 'truto', params: { currency: 'EUR' }, edit: { at: '/line_items/0/currency', to: 'USD' } },
    { api: 'stuut', params: { currency: 'EUR' }, edit: { at: '/line_items/0/currency', to: 'USD' } },
    { api: 'customeros', edit: { at: '/amountDueInSmallestUnit', plus: 1 } },
    { api: 'nuntiq', params: { intake: 'processed' }, edit: { at: '/invoice/status_info/code', to: 97 } },
  ],
  'PF-IDS': [
    { api: 'truto', params: { lines: two }, edit: { at: '/line_items/1/id', like: '/line_items/0/id' } },
    {
      api: 'customeros',
      params: { lines: two },
      edit: { at: '/invoiceLineItems/1/metadata/id', like: '/invoiceLineItems/0/metadata/id' },
    },
    { api: 'nuntiq', params: { lines: two }, edit: { at: '/lines/1/id', like: '/lines/0/id' } },
  ],
}

/** An edit of a page or of an answer about one invoice, for the laws about those. */
export const envelopes: Readonly<Record<string, readonly Pick<Saboteur, 'api' | 'edit' | 'with'>[]>> = {
  'PF-PAGE': [
    { api: 'stuut', edit: { at: '/total_records', plus: -50 } },
    { api: 'stuut', edit: { at: '/data/0', drop: true } },
    { api: 'stuut', edit: { at: '/current_page', plus: 1 } },
    { api: 'customeros', edit: { at: '/totalPages', plus: 1 } },
    { api: 'truto', edit: { at: '/result_count', plus: 1 } },
  ],
  'PF-SAME': [
    { api: 'truto', edit: { at: '/id', to: '000000000000' } },
    { api: 'customeros', edit: { at: '/metadata/id', to: '00000000-0000-4000-8000-000000000000' } },
  ],
  'PF-IDS': [{ api: 'truto', edit: { at: '/result/1/id', like: '/result/0/id' } }],
}
