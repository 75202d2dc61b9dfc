import assert from 'node:assert/strict'
import { http, HttpResponse } from 'msw'
import { mock } from 'proforma'
import { useMock } from 'proforma/testing'

const used = useMock(mock('stuut'))
const address = 'https://api.stuut.ai/v1/invoices?limit=1'
const ask = (url = address, method = 'GET') => fetch(url, { method, headers: { authorization: 'Bearer any' } })
const first = async () => (await (await ask()).json()).data[0]
let untouched

Deno.test('a list is answered, and sees what happens', async () => {
  untouched = await first()
  assert.equal((await ask(`https://api.stuut.ai/v1/invoices/${untouched.id}/sync`, 'POST')).status, 200)
  assert.notDeepEqual(await first(), untouched)
})

Deno.test('the next test finds everything as it was', async () => {
  assert.deepEqual(await first(), untouched)
})

Deno.test('a handler of its own comes first', async () => {
  used.use(http.get('*/v1/invoices', () => new HttpResponse(null, { status: 503 })))
  assert.equal((await ask()).status, 503)
})

Deno.test('and is gone again', async () => {
  assert.equal((await ask()).status, 200)
})

Deno.test('a request that nobody mocks fails', async () => {
  await assert.rejects(ask('https://api.stuut.ai/elsewhere'))
})
