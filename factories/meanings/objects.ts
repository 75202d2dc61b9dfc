// Meanings: objects of any shape, such as metadata and settings.

import { oneOf } from '../semantics/meaning.ts'
import type { Make, ValueMeaning } from '../semantics/meaning.ts'

type Thing = Record<string, unknown> | readonly unknown[]

const bag = (label: string, names: string, make: Make<Thing>, presence: number, of?: string): ValueMeaning => ({
  label,
  names,
  object: make,
  presence,
  ...(of !== undefined && { of }),
})
const things =
  (...list: readonly Thing[]): Make<Thing> =>
  (draw) =>
    structuredClone(oneOf(list)(draw))

/** Objects and values of any shape: small, plausible, often empty. */
export const objectMeanings: readonly ValueMeaning[] = [
  bag(
    'custom fields',
    'custom field|custom fields|custom attribute|custom value|additional field|user defined field|extra field|custom data',
    ({ random }) =>
      random.pick([
        {},
        { cost_center: `CC-${random.int(1_000, 9_999)}` },
        { cost_center: `CC-${random.int(1_000, 9_999)}`, approver: 'Finance' },
        { project: `PRJ-${random.int(100, 999)}` },
      ]),
    0.5,
  ),
  bag(
    'metadata',
    'metadata|meta|meta data|extra|additional data|additional property|remote metadata|status metadata|tag|label|annotation|context|attribute|property|dimension',
    ({ random }) =>
      random.pick([
        {},
        { source: 'import' },
        { batch: `B-${random.int(100, 999)}` },
        { region: 'north', source: 'api' },
      ]),
    0.4,
  ),
  bag(
    'settings',
    'setting|settings|config|configuration|preference|option|parameter|customization',
    things(
      {},
      { auto_sync: true },
      { auto_sync: true, sync_interval: 60 },
      { default_currency: 'EUR', reminder_days: 7 },
    ),
    0.7,
  ),
  bag(
    'dashboard settings',
    'dashboard setting|view setting|display setting|layout',
    things({}, { density: 'compact' }, { default_view: 'open' }),
    0.5,
  ),
  bag(
    'headers',
    'header|custom header|http header|email header|request header',
    things({}, { 'X-Priority': '3' }, { 'Auto-Submitted': 'auto-generated' }),
    0.2,
  ),
  bag(
    'payload',
    'payload|body|request|input|argument|variable|param',
    ({ random }) => ({ invoice_number: `INV-${random.int(10_000, 99_999)}` }),
    0.5,
  ),
  bag(
    'data',
    'data|event data|task data|response data',
    ({ random }) =>
      random.pick([{}, { invoice_number: `INV-${random.int(10_000, 99_999)}` }, { attempts: random.int(1, 3) }]),
    0.4,
  ),
  bag(
    'output',
    'output|result|response|raw response|raw|original|remote data|source data',
    ({ random }) => ({ status: 'ok', processed: random.int(1, 40) }),
    0.3,
  ),
  bag(
    'connection info',
    'connection info|connection data|identity info|account info|connection detail|integration info|auth info',
    things({ company: 'Example Company', environment: 'production' }, { environment: 'production' }),
    0.4,
  ),
  bag(
    'rule',
    'rule|exclude rule|rule condition|condition|filter|criteria|where',
    things(
      { field: 'status', operator: 'equals', value: 'open' },
      { field: 'amount', operator: 'greater_than', value: 1000 },
      { field: 'country', operator: 'in', value: ['US', 'CA'] },
    ),
    0.3,
  ),
  bag(
    'mappings',
    'mapping|field mapping|map|translation',
    things({}, { reference: 'invoice_number', memo: 'note' }),
    0.4,
  ),
  bag(
    'choices',
    'choice|options list|allowed value|possible value|choices',
    things([], ['north', 'south'], ['daily', 'weekly']),
    0.3,
  ),
  bag('fields', 'field|fields', things([], [{ key: 'subdomain', label: 'Subdomain' }]), 0.4),
  bag(
    'operations',
    'operation|available operation|capability|permission|feature',
    things([], ['submit_invoice'], ['submit_invoice', 'download_report']),
    0.5,
  ),
  bag(
    'pagination',
    'pagination|paging|page info|page state',
    things({}, { page: 1 }, { page: 3, page_size: 100 }),
    0.3,
  ),
  bag('details', 'detail|details|info|information|statistic|stats', things({}, { last_check: 'passed' }), 0.3),
  bag(
    'action',
    'action|completed action|next action',
    things({ type: 'send_email' }, { type: 'call_customer' }, { type: 'attach_file' }),
    0.4,
  ),
  bag(
    'file',
    'pdf|file|document|src|attachment',
    ({ random }) => ({ name: `invoice-${random.int(10_000, 99_999)}.pdf`, mime_type: 'application/pdf' }),
    0.3,
  ),
  bag(
    'entity',
    'entity|record|resource|target',
    ({ random }) => ({ type: 'invoice', number: `INV-${random.int(10_000, 99_999)}` }),
    0.3,
  ),
  bag('error details', 'error|error detail|error data|exception|failure|validation error', things({}), 0.04),
  bag(
    'instructions',
    'instruction|connection instruction|guide',
    things({}, { steps: ['Sign in', 'Choose a company'] }),
    0.3,
  ),
]
