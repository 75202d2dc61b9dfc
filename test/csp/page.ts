import { setupWorker } from 'msw/browser'
import { apiNames, factory, mock } from '../../index.ts'

/** What a page under a strict policy saw; read by the test. */
export interface Seen {
  readonly violations: readonly string[]
  /** Whether the policy is in force at all. */
  readonly evalRefused: boolean
  /** Violations after the page provoked one. */
  readonly provoked: readonly string[]
  readonly built: Readonly<Record<string, { readonly number: number; readonly same: boolean }>>
  readonly drawn: unknown
  readonly answers: Readonly<Record<string, { readonly status: number; readonly body: unknown }>>
}

const violations: string[] = []
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  violations.push(`${violatedDirective} ${blockedURI}`),
)

const headers = {
  authorization: 'Bearer any',
  'x-customer-os-api-key': 'any',
  'x-api-key': 'sk_any',
  'content-type': 'application/json',
}

async function ask(path: string, init: RequestInit = {}): Promise<{ status: number; body: unknown }> {
  const response = await fetch(path, { ...init, headers: { ...headers, ...(init.headers as object) } })
  return { status: response.status, body: await response.json() }
}

/** Compiling text is what the policy forbids; proforma must not need it. */
function refusesEval(): boolean {
  try {
    // oxlint-disable-next-line typescript/no-implied-eval -- this is what must fail
    return new Function('return false')() as boolean
  } catch {
    return true
  }
}

async function visit(): Promise<Seen> {
  const built = Object.fromEntries(
    apiNames.map((name) => {
      const [builder, writer] = [factory(name, { seed: 7 }), factory(name, { seed: 7 })]
      const pairs = Array.from({ length: 20 }, () => [JSON.stringify(builder.build()), writer.write()])
      return [
        name,
        {
          number: new Set(pairs.map(([text]) => text)).size,
          same: pairs.every(([text, written]) => text === JSON.stringify(JSON.parse(written as string))),
        },
      ]
    }),
  )
  const drawn = factory('stuut', { schema: 'Error', optional: 'all' }).build()
  const mocks = apiNames.map((name) => mock(name, { seed: 42, baseUrl: `${location.origin}/${name}` }))
  const worker = setupWorker(...mocks.flatMap(({ handlers }) => handlers))
  await worker.start({ quiet: true, onUnhandledFrame: 'error' })
  const contact = { id: factory('truto', { seed: 42 }).at(0).contact?.id }
  const post = (body: unknown): RequestInit => ({ method: 'POST', body: JSON.stringify(body) })
  const answers = {
    list: await ask('/stuut/v1/invoices?limit=3'),
    nothing: await ask('/stuut/v1/invoices/inv_none'),
    malformed: await ask(
      '/truto/unified/accounting/invoices?integrated_account_id=62f44730-dd91-461e-bd6a-aedd9e0ad79d',
      post({ contact, issue_date: 'tomorrow' }),
    ),
    created: await ask(
      '/truto/unified/accounting/invoices?integrated_account_id=62f44730-dd91-461e-bd6a-aedd9e0ad79d',
      post({
        contact,
        issue_date: '2026-01-10T00:00:00Z',
        due_date: '2026-02-10T00:00:00Z',
        currency: 'EUR',
        line_items: [{ description: 'Consulting', quantity: 2, unit_amount: 50 }],
      }),
    ),
    graphql: await ask(
      '/customeros/query',
      post({
        query:
          '{ invoices(pagination: { page: 1, limit: 2 }) { totalElements content { metadata { id } invoiceNumber amountDue } } }',
      }),
    ),
  }
  await worker.stop()
  const seen = [...violations]
  const evalRefused = refusesEval()
  // Events come a task later.
  await new Promise((resolve) => setTimeout(resolve, 50))
  return { violations: seen, evalRefused, provoked: violations.slice(seen.length), built, drawn, answers }
}

Object.assign(globalThis, { seen: visit().catch((error: unknown) => ({ error: String(error) })) })
