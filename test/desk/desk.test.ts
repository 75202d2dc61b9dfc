import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { AxeResults } from 'axe-core'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { newFolder, start } from '../cli/support/command.ts'
import type { Running } from '../cli/support/command.ts'
import { chromiumHere } from '../support/chromium.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const books = ['--today', '2026-01-15', '--invoices', '60', '--no-watch']
const headers = { authorization: 'Bearer any' }
const launch = await chromiumHere()

let server: Running
beforeAll(async () => {
  server = await start(books)
})
afterAll(() => server.stop())

const reset = (body: object): Promise<unknown> =>
  fetch(`${server.url}/__proforma/reset`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

it('is for who asks for HTML; everybody else gets the list of APIs', async () => {
  const page = await fetch(server.url, { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } })
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'; /)
  expect(page.headers.get('content-security-policy')).not.toContain('unsafe')
  for (const accept of ['*/*', 'application/json']) {
    const list = await fetch(server.url, { headers: { accept } })
    expect(await list.json()).toHaveProperty('apis')
    expect(list.headers.get('vary')).toContain('accept')
  }
})

it('serves the document of each API, which none of them has a path for', async () => {
  const json = (await (await fetch(`${server.url}/stuut/openapi.json`)).json()) as { openapi: string }
  expect(json.openapi).toMatch(/^3\.1/)
  const yaml = await fetch(`${server.url}/stuut/openapi.yaml`)
  expect(yaml.headers.get('content-type')).toContain('yaml')
  expect(await yaml.text()).toMatch(/^openapi: /)
})

it('answers no page of another origin, and none under another name', async () => {
  for (const path of ['/requests', '/apis', '/requests/stream']) {
    const foreign = await fetch(`${server.url}/__proforma${path}`, { headers: { origin: 'https://evil.example' } })
    expect(foreign.status).toBe(403)
  }
})

it('is loaded with less than 120 kB', async () => {
  const sizes = await Promise.all(
    ['page.js', 'page.css', 'index.html'].map(async (name) => {
      const response = await fetch(`${server.url}/__proforma/desk/${name}`)
      expect(response.status).toBe(200)
      return gzipSync(new Uint8Array(await response.arrayBuffer())).length
    }),
  )
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(120_000)
  expect((await fetch(`${server.url}/__proforma/desk/..%2f..%2fpackage.json`)).status).toBe(404)
})

it('is not there where nobody wants it', async () => {
  const plain = await start(['stuut', '--prefix', '/stuut', '--no-desk', ...books])
  const page = await fetch(plain.url, { headers: { accept: 'text/html' } })
  expect(await page.json()).toHaveProperty('apis')
  expect(plain.text().stdout).not.toContain('Look at it')
  await plain.stop()
})

describe.runIf(launch)('in a browser', () => {
  let browser: Browser
  let page: Page
  const asked: string[] = []
  const errors: string[] = []

  beforeAll(async () => {
    browser = await chromium.launch(launch)
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    page.on('request', (request) => asked.push(request.url()))
    page.on('pageerror', ({ message }) => errors.push(message))
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  })
  afterEach(async () => {
    await page.goto('about:blank')
    await page.setViewportSize({ width: 1280, height: 800 })
    await reset({ seed: 42, invoices: 60, today: '2026-01-15', scenario: [] })
  })
  afterAll(() => browser?.close())

  const show = (path: string, url = server.url): Promise<unknown> => page.goto(`${url}/#/${path}`)

  it('an invoice is found in the table, and looks as its JSON says', async () => {
    await show('')
    await page.getByRole('link', { name: 'Stuut API: invoices' }).click()
    await page.getByRole('link', { name: 'Browse' }).click()
    await page.getByLabel('status', { exact: true }).selectOption('open')
    const body = (await (await fetch(`${server.url}/stuut/v1/invoices?status=open`, { headers })).json()) as {
      data: { number: string; total_amount: number }[]
    }
    await page.getByText(`${body.data.length} rows`).waitFor()
    expect(await page.getByRole('row').count()).toBe(body.data.length + 1)
    const [first] = body.data
    await page.getByRole('link', { name: first?.number }).click()
    const paper = page.getByRole('article')
    await paper.getByText('Invoice', { exact: true }).waitFor()
    const total = ((first?.total_amount ?? 0) / 100).toLocaleString('en', { minimumFractionDigits: 2 })
    expect(await paper.getByText(total).count()).toBeGreaterThan(0)
    const pdf = await page
      .getByRole('link', { name: `${first?.number}.pdf` })
      .first()
      .getAttribute('href')
    expect((await fetch(pdf as string)).headers.get('content-type')).toBe('application/pdf')
    await page.getByRole('tab', { name: 'Laws ✓' }).click()
    expect(await page.getByText(/total = subtotal \+ tax|is the sum|equals/).count()).toBeGreaterThan(0)
  })

  it('a table of a million rows is scrolled to its end, and moved through with the keyboard', async () => {
    await reset({ invoices: 1_000_000 })
    await show('api/stuut/r/invoices')
    await page.getByText('1,000,000 rows').waitFor()
    const grid = page.getByRole('grid')
    await grid.focus()
    await page.keyboard.press('End')
    await page.locator('[aria-rowindex="1000001"] a').waitFor()
    expect(await page.getByRole('row').count()).toBeLessThan(100)
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowDown')
    await page.locator('[aria-rowindex="3"][aria-selected="true"] a').waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('article').waitFor()
  })

  it('an API without a list is browsed as well, and nothing of it is claimed', async () => {
    await show('api/nuntiq/r/v1%2Finvoices')
    await page.getByText('60 rows').waitFor()
    await page.getByRole('grid').locator('[aria-rowindex="2"] a').click()
    await page.getByRole('article').waitFor()
    await page.getByRole('tab', { name: /^Laws ✓/ }).waitFor()
    expect(await (await fetch(`${server.url}/__proforma`)).json()).toMatchObject({ changes: 0 })
  })

  it('amounts have the decimals of their currency, and flags tell a state where only one fits', async () => {
    const document = join(import.meta.dirname, '../inference/documents/svenska.yaml')
    const other = await start([document, ...books])
    const list = await fetch(`${other.url}/invoices?filter=unbooked`)
    const { Invoices } = (await list.json()) as { Invoices: { DocumentNumber: string; Total: number }[] }
    const [draft] = Invoices
    const total = draft?.Total.toLocaleString('en', { minimumFractionDigits: 2 }) ?? ''
    await show('api/svenska/r/invoices', other.url)
    await page.getByText('60 rows').waitFor()
    expect(
      await page.getByRole('row').filter({ hasText: draft?.DocumentNumber }).getByText(total).count(),
    ).toBeGreaterThan(0)
    await show(`api/svenska/r/invoices/i/${draft?.DocumentNumber}`, other.url)
    await page.getByRole('article').getByText('draft', { exact: true }).waitFor()
    await page.goto('about:blank')
    await other.stop()
    asked.splice(0, asked.length, ...asked.filter((url) => !url.startsWith(other.url)))
  })

  it('a request of an application is seen as it comes, judged, and asked again', async () => {
    await show('log')
    await page.getByText('live').waitFor()
    await fetch(`${server.url}/stuut/v1/invoices?limit=1&limt=2&api_key=sk_live_1`, {
      headers: { authorization: 'Bearer sk_live_2' },
    })
    await fetch(`${server.url}/stuut/v1/invoices?limit=0`)
    await page.getByRole('link', { name: /not understood: limt/ }).click()
    await page.getByText('Request and answer are as documented').waitFor()
    await page
      .getByText(/header fields/)
      .first()
      .click()
    expect(await page.getByText('Bearer ***').count()).toBe(1)
    expect(await page.content()).not.toMatch(/sk_live/)
    const before = await page.getByRole('listitem').filter({ hasText: 'limt' }).count()
    await page.getByRole('button', { name: 'Send again' }).click()
    await expect.poll(() => page.getByRole('listitem').filter({ hasText: 'limt' }).count()).toBe(before + 1)
    await page.getByRole('link', { name: /limit=0/ }).click()
    await page.getByText('the request carries the credentials that are documented').waitFor()
  })

  it('an operation is tried with a form made of the document, and written as a program', async () => {
    await show('api/truto/op/getInvoice')
    await expect.poll(() => page.getByLabel(/^id\*/).inputValue()).not.toBe('')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByText(/As documented; \d+ laws hold/).waitFor()
    await page.getByRole('tab', { name: 'fetch' }).click()
    expect(await page.getByRole('tabpanel').textContent()).toContain('await fetch("http://127.0.0.1:')
    await page.keyboard.press('ArrowRight')
    expect(await page.getByRole('tabpanel').textContent()).toContain('mock("truto")')
  })

  it('day, scenario, world and snapshot are switched, and the table follows', async () => {
    await show('world')
    await page.getByRole('button', { name: 'Take a snapshot' }).click()
    await page.getByRole('button', { name: 'A day later' }).click()
    await page.getByRole('banner').getByText('16 Jan 2026').waitFor()
    await page.getByRole('button', { name: 'empty' }).click()
    await page.getByRole('link', { name: 'empty' }).waitFor()
    await show('api/stuut/r/invoices')
    await page.getByText('Nothing is there.').waitFor()
    await show('world')
    await page.getByLabel('Another, by name').fill('checkout')
    await page.getByRole('button', { name: 'Enter' }).click()
    await page.getByRole('heading', { name: 'World checkout' }).waitFor()
    await page.getByRole('banner').getByText('15 Jan 2026').waitFor()
    await page.getByLabel('Look at').selectOption('')
    await page.getByRole('banner').getByText('16 Jan 2026').waitFor()
    await page.getByRole('button', { name: 'Restore it' }).click()
    await page.getByRole('banner').getByText('15 Jan 2026').waitFor()
    await show('api/stuut/r/invoices')
    await expect.poll(() => page.getByRole('main').innerText()).toMatch(/\b60 rows/)
  })

  it('an invoice becomes what is wanted, the rest follows, and what cannot be is refused by its law', async () => {
    await show('api/truto/r/invoices')
    await page.getByText('Add an invoice as you want it').click()
    const wanted = page.getByRole('form', { name: 'Add an invoice' })
    await wanted.getByLabel('Total').fill('121.00')
    await wanted.getByLabel('Currency').fill('EUR')
    await wanted.getByRole('button', { name: 'Add' }).click()
    const said = page.getByText(/ is open\.$/)
    await said.waitFor({ state: 'attached' })
    const [number = ''] = (await said.textContent())?.split(' ') ?? []
    await page.getByRole('link', { name: number }).click()
    const paper = page.getByRole('article')
    await paper.waitFor()
    await page.getByText('Change it to what you want').click()
    const form = page.getByRole('form', { name: 'Change the invoice' })
    await form.getByLabel('Status').selectOption('paid')
    await form.getByRole('button', { name: 'Change' }).click()
    await paper.getByText('paid', { exact: true }).waitFor()
    await form.getByLabel('Issued').fill('2025-12-01')
    await form.getByLabel('Due').fill('2025-11-01')
    await form.getByRole('button', { name: 'Change' }).click()
    await form.getByRole('alert').waitFor()
    expect(await form.getByRole('alert').textContent()).toMatch(/^Failed to .*expected .* but received /)
    errors.splice(0, errors.length, ...errors.filter((text) => !text.includes('400 (Bad Request)')))
  })

  it('roles of a document are corrected, and saved as an overlay where the server may write', async () => {
    const folder = newFolder()
    const amount = { type: 'number' }
    const text = { type: 'string' }
    const properties = {
      id: text,
      number: text,
      subtotal: amount,
      tax: amount,
      total: amount,
      currency: text,
      po: text,
    }
    const schema = { $ref: '#/components/schemas/Bill' }
    const answer = (inside: object) => ({
      responses: { 200: { description: '', content: { 'application/json': { schema: inside } } } },
    })
    const bill = join(folder, 'billing.json')
    writeFileSync(
      bill,
      JSON.stringify({
        openapi: '3.1.0',
        info: { title: 'Billing', version: '1' },
        paths: {
          '/bills': { get: answer({ type: 'array', items: schema }) },
          '/bills/{id}': {
            get: { parameters: [{ name: 'id', in: 'path', required: true, schema: text }], ...answer(schema) },
          },
        },
        components: { schemas: { Bill: { type: 'object', properties } } },
      }),
    )
    const correct = (url: string, body: object) =>
      fetch(`${url}/__proforma/apis/billing/overlay`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    const reader = await start([bill, '--no-watch'])
    const refused = await correct(reader.url, { roles: {}, isSaved: true })
    expect(await refused.json()).toMatchObject({ status: 400, detail: expect.stringContaining('--save-overlay') })
    const unknown = await correct(reader.url, { roles: { '/components/schemas/Bill/properties/po': 'invoice.po' } })
    expect(await unknown.json()).toMatchObject({ detail: expect.stringMatching(/in the overlay:.*"invoice\.po"/) })
    for (const pointer of ['/__proto__', '/constructor/prototype', '/components/schemas/toString'])
      expect((await correct(reader.url, { roles: { [pointer]: 'invoice.total' } })).status).toBe(400)
    for (const path of ['apis/%zz', 'apis/%zz/report'])
      expect((await fetch(`${reader.url}/__proforma/${path}`)).status).toBe(400)
    await reader.stop()
    expect(existsSync(join(folder, 'overlay.yaml'))).toBe(false)

    const elsewhere = join(folder, 'elsewhere.txt')
    writeFileSync(elsewhere, 'mine')
    symlinkSync(elsewhere, join(folder, 'overlay.yaml.partial'))

    const writer = await start([bill, '--save-overlay'])
    await show('api/billing/roles', writer.url)
    await page.getByLabel('Property without a role').fill('/components/schemas/Bill/properties/po')
    await page
      .getByRole('form', { name: 'Bind another property' })
      .getByLabel('Role', { exact: true })
      .fill('invoice.purchaseOrder')
    await page.getByRole('button', { name: 'Bind', exact: true }).click()
    await page.getByRole('button', { name: 'Save overlay' }).click()
    await page.getByText(/places that have a role/).waitFor()
    await page.getByText('invoice.purchaseOrder').first().waitFor()
    expect(readFileSync(join(folder, 'overlay.yaml'), 'utf8')).toContain('x-role: invoice.purchaseOrder')
    expect(readFileSync(elsewhere, 'utf8')).toBe('mine')
    await writer.stop()
    await page.goto('about:blank')
    asked.splice(0, asked.length, ...asked.filter((url) => !url.startsWith(writer.url)))
  })

  it('the reference of an API opens what a schema holds, and its report says that all holds', async () => {
    await show('api/stuut/reference')
    await page.getByRole('button', { name: /Retrieve an invoice/ }).click()
    await page.getByRole('button', { name: 'Properties of assignee' }).click()
    await page.getByText('person.familyName').first().waitFor()
    const report = await fetch(`${server.url}/__proforma/apis/stuut/report`)
    expect(report.headers.get('content-security-policy')).toMatch(/^default-src 'none'/)
    expect(await report.text()).toContain('<title>Stuut API: invoices: all holds')
  })

  it('webhooks are seen with what came of them', async () => {
    const other = await start(['customeros', '--webhook-url', 'http://127.0.0.1:9/', ...books])
    await fetch(`${other.url}/__proforma/invoices`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ total: '121.00', currency: 'EUR' }),
    })
    await show('webhooks', other.url)
    await page
      .getByText(/customeros · \d attempt/)
      .first()
      .click()
    expect(await page.locator('.deliveries .json').first().isVisible()).toBe(true)
    await other.stop()
    await page.goto('about:blank')
    asked.splice(0, asked.length, ...asked.filter((url) => !url.startsWith(other.url)))
  })

  it('whatever a document or an item says is shown as text', async () => {
    const hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script>\u202egnp.exe'
    const folder = newFolder()
    const schema = { $ref: '#/components/schemas/Thing' }
    const content = (inside: object) => ({ content: { 'application/json': { schema: inside } } })
    writeFileSync(
      join(folder, 'hostile.json'),
      JSON.stringify({
        openapi: '3.1.0',
        info: { title: hostile, version: hostile, description: hostile },
        paths: {
          '/things': {
            get: {
              operationId: hostile,
              summary: hostile,
              parameters: [
                { name: hostile, in: 'query', description: hostile, schema: { type: 'string', enum: [hostile] } },
              ],
              responses: { 200: { description: '', ...content({ type: 'array', items: schema }) } },
            },
            post: { requestBody: content(schema), responses: { 201: { description: '', ...content(schema) } } },
          },
          '/things/{id}': {
            get: {
              parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
              responses: { 200: { description: '', ...content(schema) } },
            },
          },
        },
        components: {
          schemas: {
            Thing: {
              type: 'object',
              properties: { id: { type: 'string' }, name: { type: 'string' }, [hostile]: { type: 'string' } },
            },
          },
        },
      }),
    )
    const other = await start([join(folder, 'hostile.json'), '--no-watch'])
    const created = await fetch(`${other.url}/things`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: hostile + 'x'.repeat(10_000), [hostile]: hostile }),
    })
    const { id } = (await created.json()) as { id: string }
    for (const path of [
      '',
      'api/hostile',
      'api/hostile/r/things',
      `api/hostile/r/things/i/${id}`,
      'api/hostile/roles',
      'log',
      'log/1',
      `api/hostile/op/${encodeURIComponent(hostile)}`,
    ]) {
      await show(path, other.url)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await expect.poll(() => page.getByText('Asking').count()).toBe(0)
      expect(await page.title()).toContain('proforma')
      expect(await page.locator('#desk img:not([alt=""]), #desk script').count()).toBe(0)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1280)
    }
    await page.getByText('<img src=x').first().waitFor()
    await other.stop()
    asked.splice(0, asked.length, ...asked.filter((url) => !url.startsWith(other.url)))
  })

  it('goes on when its server comes back', async () => {
    const first = await start(['stuut', '--seed', '7', ...books])
    const { port } = new URL(first.url)
    await show('api/stuut/r/invoices', first.url)
    await page.getByText('60 rows').waitFor()
    await first.stop()
    await page.getByText('The server does not answer.').waitFor()
    const second = await start(['stuut', '--seed', '8', '--port', port, ...books])
    await page.getByText('The server does not answer.').waitFor({ state: 'hidden' })
    await page.getByRole('banner').getByText('Seed 8').waitFor()
    await page.getByRole('grid').locator('[aria-rowindex="2"] a').waitFor()
    await second.stop()
    await page.goto('about:blank')
    asked.splice(0, asked.length, ...asked.filter((url) => !url.startsWith(first.url)))
  })

  it('a link of the data leads to a page where everybody can pay, in the world of who asked', async () => {
    const overdue = async (world: string): Promise<readonly { remote_payment_portal_url: string }[]> => {
      const url = `${server.url}/stuut/v1/invoices?status=overdue&limit=50`
      const answer = await fetch(url, { headers: { ...headers, 'x-proforma-world': world } })
      return ((await answer.json()) as { data: { remote_payment_portal_url: string }[] }).data
    }
    const [before, elsewhere] = [await overdue('shop'), await overdue('other')]
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.goto(before[0]?.remote_payment_portal_url as string)
      await page.evaluate(axe)
      const { violations } = await page.evaluate<AxeResults>('axe.run()')
      expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
    }
    await page.getByRole('button', { name: 'Pay' }).click()
    await page.getByText('Paid. Thank you.').waitFor()
    await page.getByRole('link', { name: 'See the invoice' }).click()
    await page.setViewportSize({ width: 360, height: 700 })
    await page.getByRole('heading', { name: /^Invoice / }).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
    expect((await overdue('shop')).length).toBe(before.length - 1)
    expect((await overdue('other')).length).toBe(elsewhere.length)
    await page.setViewportSize({ width: 1280, height: 800 })
  })

  it('asks nobody but its server, and runs into nothing', () => {
    // What the browser says of servers that were stopped.
    expect(errors.filter((text) => !/ERR_(?:CONNECTION|INCOMPLETE|EMPTY)/.test(text))).toEqual([])
    expect(asked.length).toBeGreaterThan(50)
    expect(asked.filter((url) => !url.startsWith(server.url) && !/^(?:about|data):/.test(url))).toEqual([])
  })

  const pages = [
    '',
    'api/stuut',
    'api/stuut/r/invoices',
    'api/stuut/r/invoices/i/{id}',
    'api/truto/op/createInvoice',
    'api/nuntiq/roles',
    'api/stuut/reference',
    'webhooks',
    'log',
    'log/1',
    'world',
  ]
  it.each(pages)('#/%s can be used by everybody, on any screen', async (named) => {
    await fetch(`${server.url}/stuut/v1/invoices?limit=1&limt=2`)
    const list = (await (await fetch(`${server.url}/stuut/v1/invoices?limit=1`, { headers })).json()) as {
      data: { id: string }[]
    }
    const path = named.replace('{id}', list.data[0]?.id ?? '')
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await show(path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await expect.poll(() => page.getByText('Asking').count()).toBe(0)
      await page.evaluate(axe)
      const { violations } = await page.evaluate<AxeResults>('axe.run()')
      const told = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      expect(told.map(({ id, nodes }) => [id, nodes.map(({ html }) => html).slice(0, 3)])).toEqual([])
    }
    await page.setViewportSize({ width: 360, height: 700 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
  })
})
