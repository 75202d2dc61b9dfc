import { describe, expect, it } from 'vitest'
import { shownRequestOf } from '../../contracts/mask/shown-request.ts'
import { builtIn, compile } from '../../spec/index.ts'
import { foundIn, people, planted } from '../support/planted.ts'
import type { Person } from '../support/planted.ts'

const model = compile(
  {
    openapi: '3.1.0',
    info: { title: 'People', version: '1' },
    paths: {
      '/reset/{token}': { get: { operationId: 'reset', responses: { 200: { description: '' } } } },
      '/invoices/{id}': { get: { operationId: 'get', responses: { 200: { description: '' } } } },
    },
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Tenant' } } },
  },
  { name: 'people' },
)
const shown = shownRequestOf(model)
const [reset, get] = model.operations
const encoded = encodeURIComponent

const headers = [
  'Authorization', 'X-Api-Key', 'X-Tenant', 'X-Vault-Token', 'X-Session', 'X-Amz-Security-Token', 'X-Auth', 'X-Csrf-Token', 'x-xsrf-token', 'privateKey',
] // prettier-ignore

/** Everything that a log shows of one person's requests. */
const saidOf = ({ name, email, phone, mobile, iban, token, key, password, street, cookie }: Person): string[] => [
  shown.url(`/a?token=${token}&user[token]=${key}&a[password]=${encoded(password)}&q=${encoded(email)}&key=${cookie}`),
  shown.url(`/a?${token}=1&${encoded(email)}&x=${encoded(iban)}&phone=${encoded(phone)}`),
  shown.url(`/token/${cookie}`),
  shown.url(`/reset/${password}`, reset),
  shown.url(`/somewhere/${token}/${key}`),
  ...headers.map((field) => shown.header(field, field === 'Authorization' ? `Bearer ${cookie}` : cookie)),
  shown.header('Cookie', `a=${cookie}; b=${token}`),
  shown.header('Referer', `https://app.test/a?code=${cookie}&token=${token}`),
  shown.header('X-Note', `${email}, ${phone}`),
  shown.value('password', password),
  shown.value('/user/token', cookie),
  shown.value('name', email),
  shown.value('', JSON.stringify({ deep: [{ apiKey: cookie }] })),
  shown.text(`not understood: ${token}`),
  shown.body(
    JSON.stringify({
      tokens: [token, cookie, { any: cookie }], deep: { credentials: { a: { b: [cookie] } }, privateKey: password, pin: 4711, name: 'a' },
      passcode: mobile, iban, mail: email, call: phone, [email]: 1, total: 121.5,
    }),
    'application/json',
  ),
  shown.body(`{"pass\\u0077ord": "${password}", "a": {"session_cookie":"${cookie}`, 'application/json'),
  shown.body(new URLSearchParams({ 'user[token]': cookie, password, mail: email }).toString(), 'application/x-www-form-urlencoded'),
  shown.body(`Bearer ${token}, ${email}, ${phone}, ${iban}`, 'text/plain'),
  shown.body(JSON.stringify({ secret: { name, street } }), 'application/json'),
] // prettier-ignore

describe('what a log shows of a request', () => {
  it('has none of 200 secrets and addresses, wherever they stand', () => {
    expect(planted).toHaveLength(200)
    const text = people.flatMap(saidOf).join('\n')
    expect(foundIn(text)).toEqual([])
    expect(text).not.toContain('4711')
  })

  it('keeps all else as it was written', () => {
    for (const url of [
      '/v1/invoices?status=overdue&limit=5&sort_by=-due_date',
      '/a?next_page_token=abc',
      '/a?flag',
      '/',
    ])
      expect(shown.url(url)).toBe(url)
    expect(shown.url('/invoices/inv_S5uncP0f0hbZ8d7f6g', get)).toBe('/invoices/inv_S5uncP0f0hbZ8d7f6g')
    const body = '{ "total": 121.50, "name": "Annika Wester", "email": "a@b.example",\n "list": [1, null, "x"] }'
    expect(shown.body(body, 'application/json')).toBe(body)
    expect(shown.header('Content-Type', 'application/json; charset=utf-8')).toBe('application/json; charset=utf-8')
    expect(shown.header('Authorization', 'Bearer abc')).toBe('Bearer ***')
    expect(shown.header('Cookie', 'a=1; b=2')).toBe('a=***; b=***')
    expect(shown.value('limit', 'none')).toBe('none')
  })

  it('ends a secret where it ends', () => {
    expect(shown.body('{"token":{"a":["b"],"c":1},"total":2,"secret":null,"x":"y"}', 'application/json')).toBe(
      '{"token":{"***":["***"],"***":"***"},"total":2,"secret":null,"x":"y"}',
    )
  })

  it('knows keys of the API that it is about', () => {
    const [name = ''] = Object.values(builtIn('customeros').security).flatMap((scheme) => scheme.name ?? [])
    expect(shownRequestOf(builtIn('customeros')).header(name, 'hunter2')).toBe('***')
    expect(shownRequestOf(undefined).header('X-Tenant', 'acme')).toBe('acme')
  })
})
