import type { ApiName } from '../../index.ts'

/** Valid bodies by operation; the id is that of the path. */
export const bodies: Readonly<Record<ApiName, Readonly<Record<string, (id: unknown) => unknown>>>> = {
  stuut: {},
  truto: {
    createInvoice: () => ({
      contact: { id: '0C0ixsCrm2Fr' },
      currency: 'EUR',
      line_items: [
        { name: 'Brackets', quantity: 3, unit_price: 19.99, tax_amount: 11.39 },
        { name: 'Fitting', quantity: 0.5, unit_price: 80 },
      ],
    }),
    updateInvoice: (id) => ({ id, memo: 'Ask before you ship.' }),
  },
  nuntiq: {
    submitInvoice: () => ({ invoice: { fields: [] }, lines: [] }),
    claimInvoices: () => ({ limit: 2 }),
    acknowledgeInvoice: () => ({}),
    reportIntegrationResult: () => ({ success: true, external_id_1: 'ERP-INV-12345' }),
    createLifecycleMessage: () => ({ code: 'ACCEPTED', note_supplier: 'Thank you.', note_internal: 'Checked twice.' }),
  },
  customeros: {
    graphqlQuery: () => ({ query: '{ invoices(pagination: { page: 1, limit: 1 }) { totalElements } }' }),
    updateInvoice: () => ({ note: 'Ask before you ship.' }),
  },
}
