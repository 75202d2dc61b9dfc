import { expect, test as base } from '@playwright/test'
import { mock } from 'proforma'
import { route } from 'proforma/playwright'

/** Each test has books of its own, whatever runs beside it. */
const test = base.extend({
  stuut: async ({ page }, use) => {
    const stuut = mock('stuut', { seed: 7 })
    await page.route('https://app.example/', (call) => call.fulfill({ contentType: 'text/html', body: app }))
    await route(page, stuut)
    await use(stuut)
  },
})

/** The page that is tested; yours is served by its development server. */
const app = `<!doctype html><ul></ul><script type="module">
  const response = await fetch('https://api.stuut.ai/v1/invoices?limit=5', { headers: { authorization: 'Bearer any' } })
  const list = document.querySelector('ul')
  if (!response.ok) list.outerHTML = '<p role="alert">Try again later.</p>'
  else for (const { number, status } of (await response.json()).data) list.append(Object.assign(document.createElement('li'), { textContent: number + ' ' + status }))
</script>`

test('lists the latest invoices', async ({ page, stuut }) => {
  await page.goto('https://app.example/')
  await expect(page.getByRole('listitem')).toHaveCount(5)
  expect(stuut.business.ledger.size).toBe(250)
})

test('shows an invoice as the test wants it', async ({ page, stuut }) => {
  const { number } = await stuut.add({ total: '121.00', status: 'overdue' })
  await page.goto('https://app.example/')
  await expect(page.getByText(`${number} overdue`)).toBeVisible()
})

test('says so when the API is down', async ({ page, stuut }) => {
  stuut.use('server-error')
  await page.goto('https://app.example/')
  await expect(page.getByRole('alert')).toHaveText('Try again later.')
})
