import { inflateSync } from 'node:zlib'
import { extractText, getDocumentProxy, getMeta } from 'unpdf'
import { describe, expect, it } from 'vitest'
import { conformance } from '../../contracts/index.ts'
import { deliver, mockModel, Worlds } from '../../mocks/index.ts'
import { linkedFiles, filesPath, withOwnLinks } from '../../mocks/server.ts'
import { apiNames, builtIn, compile, currencyOf, exponentOf, formatDecimal, readAmount } from '../../spec/index.ts'
import type { ApiName, BusinessObject, Decimal, Document, Fetch, Model, Role } from '../../spec/index.ts'
import { clientOf } from '../support/client.ts'

/** An API as it is served: links in its answers lead to its own files. */
function served(model: Model) {
  const worlds = new Worlds({ invoices: 120, seed: 42, today: '2026-01-15' })
  const mock = mockModel(model, { worlds })
  const links = withOwnLinks(mock.fetch, () => model)
  const files = linkedFiles(() => model, worlds)
  const fetch: Fetch = (request) => (new URL(request.url).pathname.startsWith(filesPath) ? files : links)(request)
  const get = (url: string, headers = {}): Promise<Response> => fetch(new Request(url, { headers }))
  return { model, worlds, mock, fetch, get, client: clientOf(model, fetch) }
}

const stuut = () => served(builtIn('stuut'))

const linksIn = (text: string): readonly string[] => [
  ...new Set(text.match(/http:\/\/localhost\/__files\/[^"]+/g) ?? []),
]

/** Returns the invoices of a list, and all links to files in it. */
async function listOf({ client }: ReturnType<typeof served>, values: Readonly<Record<string, unknown>> = {}) {
  const { text, json } = await client.ask('list', { values })
  return { links: linksIn(text), items: (json as { data: Record<string, any>[] }).data }
}

const textOf = async (pdf: Response): Promise<string> =>
  (await extractText(await getDocumentProxy(new Uint8Array(await pdf.arrayBuffer())), { mergePages: true })).text

describe('links in the data', () => {
  it.each(apiNames)('of %s lead to what is there, and its answers fit their schemas', async (name: ApiName) => {
    const api = served(builtIn(name))
    const { client, model, get } = api
    const answers = await Promise.all(
      (['list', 'get'] as const).flatMap((does) => client.find(does) ?? []).map((operation) => client.ask(operation)),
    )
    for (const { operation, status, headers, text } of answers)
      expect(conformance(model).read(operation, { status, headers, body: text }).violations).toEqual([])
    for (const link of answers.flatMap(({ text }) => linksIn(text))) expect((await get(link)).status, link).toBe(200)
  })

  it('are of all sorts, and say what they are', async () => {
    const api = stuut()
    const { links } = await listOf(api, { limit: 100 })
    const types = await Promise.all(links.map(async (link) => (await api.get(link)).headers.get('content-type')))
    expect(new Set(types)).toEqual(
      new Set(['application/pdf', 'text/html; charset=utf-8', 'image/svg+xml', 'audio/wav']),
    )
    expect(links.length).toBeGreaterThan(200)
  })

  it('stay as they are for the mock itself, and where a schema has no other', async () => {
    const { client } = served(builtIn('stuut'))
    const { mock } = stuut()
    const plain = await mock.fetch(client.requestFor('list'))
    expect(await plain.text()).not.toContain(filesPath)
    const tight = served(
      invoiceModel({
        logo: { type: 'string', format: 'uri', pattern: '^https://cdn' },
        picture: { type: 'string', format: 'uri' },
      }),
    )
    const { id } = await tight.mock.add()
    const { text } = await tight.client.ask('get', { values: { id } })
    expect(text).toMatch(/"logo":"https:\/\/cdn\.[\w./-]+"/)
  })

  it('are part of what an entity tag stands for', async () => {
    const { client, fetch } = stuut()
    const ask = (tag?: string | null): Promise<Response> =>
      fetch(client.requestFor('list', { headers: { ...(tag && { 'if-none-match': tag }) } }))
    const first = await ask()
    const again = await ask(first.headers.get('etag'))
    expect([first.status, again.status, await again.text()]).toEqual([200, 304, ''])
  })

  it('lead nowhere in books of others', async () => {
    const { get } = stuut()
    const answer = await get(`http://localhost${filesPath}billing.acme.example/pay/abcdefghijkl`)
    expect(answer.status).toBe(404)
    expect(await answer.text()).toContain('The data of this world has no such link.')
  })

  it('lead nowhere where a number is badly encoded', async () => {
    const { get } = stuut()
    for (const number of ['%E0%A4', '%', '%zz-10000'])
      expect((await get(`http://localhost${filesPath}billing.acme.example/invoices/${number}.pdf`)).status).toBe(404)
  })
})

describe('the PDF of an invoice', () => {
  it('has the figures of the JSON as text, and the bytes that the JSON says', async () => {
    const api = stuut()
    const { items } = await listOf(api, { limit: 25 })
    const invoices = await api.client.some(25)
    const { representation } = api.model
    for (const [at, { remote_invoice_pdf: link }] of items.entries()) {
      const invoice = invoices[at] ?? expect.fail('the list has fewer')
      const currency = currencyOf(invoice)
      const amounts = (object: BusinessObject, ...roles: readonly Role[]): string[] =>
        roles
          .flatMap((role) => object.first(role) ?? [])
          .map((at) => formatDecimal(readAmount(at, currency, representation) as Decimal, exponentOf(currency)))
      const text = await textOf(await api.get(link))
      const sums = amounts(
        invoice,
        'invoice.payable',
        'invoice.subtotal',
        'invoice.total',
        'invoice.paid',
        'invoice.due',
      )
      const nets = invoice.list('invoice.lines').flatMap((line) => amounts(line, 'line.net'))
      expect([sums.length > 2, nets.length > 0]).toEqual([true, true])
      for (const figure of [items[at]?.number, ...sums, ...nets]) expect(text).toContain(String(figure))
    }
    const file = items.flatMap(({ emails }) => emails.flatMap((email: any) => email.attachments))[0]
    const answer = await api.get(file.presigned_url)
    expect((await answer.arrayBuffer()).byteLength).toBe(file.size)
  })

  it('is the same bytes each time, and says its title', async () => {
    const bytes = async (): Promise<Uint8Array> => {
      const api = stuut()
      const { items } = await listOf(api, { limit: 5 })
      return new Uint8Array(
        await (await api.get(items.find((one) => one.remote_invoice_pdf)?.remote_invoice_pdf)).arrayBuffer(),
      )
    }
    const [first, second] = [await bytes(), await bytes()]
    expect(first).toEqual(second)
    const { info } = await getMeta(await getDocumentProxy(first))
    expect(info).toMatchObject({ Title: expect.stringMatching(/^Invoice IRO-/), Producer: 'proforma' })
  })

  it('shows any text, on as many pages as it takes', async () => {
    const api = stuut()
    const lines = Array.from({ length: 90 }, (_, index) => ({
      name: `Łódź (${index}) \\ €20 ${'w'.repeat(60)}`,
      price: 100,
    }))
    const { index } = api.mock.business.create({ lines, note: 'Ω <script> \u202e' })
    const { number } = api.mock.business.find(index) ?? {}
    const { items } = await listOf(api, { search: number })
    const document = await getDocumentProxy(
      new Uint8Array(await (await api.get(items[0]?.remote_invoice_pdf)).arrayBuffer()),
    )
    expect(document.numPages).toBeGreaterThan(2)
    const { text } = await extractText(document, { mergePages: true })
    expect(text).toContain('Lódz (89) \\ €20')
    expect(text).toContain('? <script> ?')
  })
})

describe('the page where an invoice is paid', () => {
  const pay = ({ fetch }: ReturnType<typeof served>, url: string, headers = {}): Promise<Response> =>
    fetch(new Request(url, { method: 'POST', headers }))

  it('pays it: the API says so, webhooks are told, and once is enough', async () => {
    const api = stuut()
    const told: string[] = []
    const deliverer = deliver(api.worlds, [builtIn('customeros')], {
      url: 'http://127.0.0.1:9/hook',
      fetch: async (_url, { body }) => (
        told.push((JSON.parse(String(body)) as { event: string }).event),
        new Response(null)
      ),
    })
    const { items } = await listOf(api, { status: 'overdue', limit: 1 })
    const { id, number, remote_payment_portal_url: link } = items[0] ?? {}
    expect(await (await api.get(link)).text()).toContain(number)
    const answer = await pay(api, link)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, link])
    expect(await (await api.get(link)).text()).toContain('Paid. Thank you.')
    await pay(api, link)
    const { json } = await api.client.ask('get', {
      values: { [api.client.find('get')?.parameters[0]?.name ?? '']: id },
    })
    expect(json).toMatchObject({ id, status: 'paid' })
    await deliverer.settled()
    expect(told).toEqual(['invoice.status.paid'])
  })

  it('is for its own world alone, and leads there', async () => {
    const api = stuut()
    const { text } = await api.client.ask('list', {
      values: { status: 'overdue', limit: 1 },
      headers: { 'x-proforma-world': 'checkout' },
    })
    const [link = ''] = text.match(/http:\/\/localhost\/__world\/checkout\/__files\/billing[^"]+\/pay\/[^"]+/) ?? []
    expect(link).not.toBe('')
    await pay(api, link.replace('/__world/checkout', ''), { 'x-proforma-world': 'checkout' })
    expect(api.worlds.at('checkout').business.state.changedCount).toBe(1)
    expect(api.mock.business.state.changedCount).toBe(0)
  })

  it('takes no money from pages elsewhere', async () => {
    const api = stuut()
    const { items } = await listOf(api, { status: 'overdue', limit: 1 })
    const link = items[0]?.remote_payment_portal_url
    expect((await pay(api, link, { origin: 'https://evil.example' })).status).toBe(403)
    expect((await pay(api, link, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect(api.mock.business.state.changedCount).toBe(0)
  })

  it('is found on the page of the customer, with what is owed there', async () => {
    const api = stuut()
    const { items } = await listOf(api, { status: 'overdue', limit: 1 })
    const portal = linksIn(JSON.stringify(items)).find((link) => link.includes('/customers/')) ?? ''
    const page = await (await api.get(portal)).text()
    expect(page).toContain(items[0]?.number)
    for (const link of linksIn(page)) expect((await api.get(link)).status).toBe(200)
  })
})

describe('pages', () => {
  it('show what an invoice says as text, and may run nothing', async () => {
    const api = stuut()
    const hostile = '<img src=x onerror=alert(1)>"\''
    const { index } = api.mock.business.create({ lines: [{ name: hostile, price: 100 }], note: hostile })
    const word = (await listOf(api, { search: api.mock.business.find(index)?.number })).items[0]
      ?.remote_payment_portal_url
    const payment = await (await api.get(word)).text()
    const [link = ''] = payment.match(/http:\/\/localhost\/__files\/billing[^"]+\/invoices\/[^"]+/) ?? []
    const page = await api.get(link)
    expect(await page.text()).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'/)
  })

  it('are asked for again only where they changed', async () => {
    const api = stuut()
    const { links } = await listOf(api, { limit: 3 })
    const first = await api.get(links[0] as string)
    const again = await api.get(links[0] as string, { 'if-none-match': first.headers.get('etag') })
    expect([first.status, again.status]).toEqual([200, 304])
  })
})

describe('attachments', () => {
  it('are the e-mail, the PDF in it, and a picture of its page, where a document links to them', async () => {
    const api = served(attachmentModel())
    const { id } = await api.mock.add({ total: '121.00' })
    const { json } = await api.client.ask('get', { values: { id } })
    const { attachments } = json as { attachments: { url: string; type: string; size: number }[] }
    expect(attachments.map(({ type }) => type)).toEqual(['message/rfc822', 'application/pdf', 'image/png'])
    const [email, pdf, picture] = await Promise.all(attachments.map(({ url }) => api.get(url)))
    expect([email, pdf, picture].map((one) => one?.headers.get('content-type'))).toEqual(
      attachments.map(({ type }) => type),
    )
    const [head = '', ...parts] = (await (email as Response).text()).split('\r\n\r\n')
    expect(head).toMatch(/^From: \S+@\S+\.example\r\nTo: /)
    const attached = Buffer.from(parts.at(-1)?.split('\r\n--')[0] ?? '', 'base64')
    expect(attached.equals(Buffer.from(await (pdf as Response).arrayBuffer()))).toBe(true)
    const png = Buffer.from(await (picture as Response).arrayBuffer())
    expect(png.length).toBe(attachments[2]?.size)
    const at = png.indexOf('IDAT')
    expect(inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4))).length).toBe(79 * 877)
  })
})

/** Returns the model of an API with one invoice and the properties given. */
function invoiceModel(
  properties: Readonly<Record<string, unknown>>,
  roles: Readonly<Record<string, unknown>> = {},
): Model {
  const schema = { $ref: '#/components/schemas/Invoice' }
  const document: Document = {
    openapi: '3.1.0',
    info: { title: 'Bills', version: '1' },
    'x-roles': roles,
    paths: {
      '/invoices/{id}': {
        get: {
          operationId: 'get',
          'x-operation': 'get',
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' }, 'x-role': 'invoice.id' }],
          responses: { 200: { description: 'One', content: { 'application/json': { schema } } } },
        },
      },
    },
    components: {
      schemas: {
        Invoice: {
          'x-role': 'invoice',
          type: 'object',
          required: ['id', ...Object.keys(properties)],
          properties: { id: { type: 'string', 'x-role': 'invoice.id' }, ...properties },
        },
      },
    },
  }
  return compile(document, { name: 'bills' })
}

const attachmentModel = (): Model =>
  invoiceModel(
    {
      attachments: {
        type: 'array',
        'x-role': 'invoice.scans',
        items: {
          type: 'object',
          required: ['url', 'type', 'size'],
          properties: {
            url: { type: 'string', 'x-role': 'file.address' },
            type: { type: 'string', 'x-role': 'file.mediaType' },
            size: { type: 'integer', 'x-role': 'file.bytes' },
          },
        },
      },
    },
    {
      'invoice.scans': { kind: 'list', of: 'file', value: { $from: 'correspondence.files' } },
      'file.bytes': { kind: 'count', value: { $from: 'file.size' } },
      'file.word': { kind: 'text', value: { $token: '{file.id}' } },
      'file.address': { kind: 'text', value: 'https://scans.{company.domain}/{file.word}/{file.name}' },
    },
  )
