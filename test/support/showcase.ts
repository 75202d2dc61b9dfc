import type { ApiName } from '../../index.ts'

/** What a user asks each API first. */
export interface Show {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body?: unknown
}

/** A list where the API has one, else what else shows invoices. */
export const shows: Readonly<Record<ApiName, readonly Show[]>> = {
  stuut: [{ method: 'GET', path: '/v1/invoices?limit=2' }],
  truto: [
    {
      method: 'GET',
      path: '/unified/accounting/invoices?integrated_account_id=5f3c1c5e-6f0d-4c27-9e2b-1d2f3a4b5c6d&limit=2',
    },
  ],
  nuntiq: [
    { method: 'POST', path: '/v1/invoices/claim', body: { limit: 2 } },
    { method: 'GET', path: '/v1/invoices/lifecycle-messages?since=2026-01-01T00:00:00Z' },
  ],
  customeros: [
    { method: 'GET', path: '/invoices?limit=2' },
    {
      method: 'POST',
      path: '/query',
      body: {
        query:
          '{ invoices(pagination: { page: 1, limit: 2 }) { totalElements content { metadata { id } invoiceNumber amountDue status } } }',
      },
    },
  ],
}

/** Returns the request of a show below an address. */
export const requestFor = (
  { method, path, body }: Show,
  base: string,
  headers: Readonly<Record<string, string>>,
): Request =>
  new Request(base + path, {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
