import { describe, expect, it } from 'vitest'
import { exchangeRecorder, replay, exchangeInspector } from '../../contracts/index.ts'
import type { HttpExchange } from '../../contracts/index.ts'
import { compile } from '../../spec/index.ts'
import { foundIn, people, planted } from '../support/planted.ts'
import type { Person } from '../support/planted.ts'

const string = { type: 'string' }
const model = compile(
  {
    openapi: '3.1.0',
    info: { title: 'People', version: '1' },
    paths: {
      '/customers/{email}': {
        post: {
          operationId: 'saveCustomer',
          parameters: [{ name: 'email', in: 'path', required: true, schema: string }],
          requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
          responses: {
            200: {
              description: '',
              headers: { 'X-Customer-Name': { schema: string }, 'X-Contact': { schema: string } },
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Customer' } } },
            },
          },
        },
      },
    },
    components: {
      schemas: {
        Customer: {
          type: 'object',
          properties: {
            iban: { type: 'string', pattern: '^[A-Z]{2}\\d{2}[A-Z\\d]{11,30}$' },
            phone: { type: 'string', pattern: '^\\+49\\d{6,14}$' },
            mobile_number: { type: 'integer', minimum: 1_000_000 },
            reason: { enum: ['late', 'lost'] },
            total: { type: 'number' },
          },
        },
      },
    },
  },
  { name: 'people' },
)

function passingOf(person: Person, body: string | undefined, type: string): HttpExchange {
  const { name, email, phone, mobile, iban, token, key, password, street, cookie } = person
  return {
    method: 'POST',
    target: `/customers/${encodeURIComponent(email)}?access_token=${token}&q=${encodeURIComponent(name)}&${encodeURIComponent(email)}=1`,
    headers: new Headers({ 'content-type': type, authorization: `Bearer ${token}`, cookie: `sid=${cookie}`, 'x-api-key': key }),
    ...(body !== undefined && { body }),
    answer: {
      status: 200,
      headers: new Headers({
        'content-type': 'application/json',
        'x-customer-name': name,
        'x-contact': `${email}, ${phone}`,
        'set-cookie': `sid=${cookie}`,
        location: `https://wester.de/reset?token=${token}`,
      }),
      body: JSON.stringify({
        iban,
        phone,
        mobile_number: mobile,
        reason: 'late',
        total: 121.5,
        name,
        [name]: 1,
        [email]: { [iban]: 2 },
        owner: { deep: [{ contactName: name, street, api_key: key, password, sessionCookie: cookie, pin: 4711 }] },
        error: { message: `User ${name} (${email}, ${phone}) used Bearer ${token} and password: ${password}`, detail: `IBAN ${iban}` },
        link: `https://files.wester.de/${key}?sig=${cookie}`,
        anything: name,
      }),
    },
  } // prettier-ignore
}

const bodies: Readonly<Record<string, (person: Person) => string>> = {
  'application/json': ({ name, email, password, mobile, street }) =>
    JSON.stringify({ customer: { name, email, password, phone: mobile, address: { street } } }),
  'application/x-www-form-urlencoded': (person) =>
    new URLSearchParams(Object.entries(person).map(([key, value]) => [key, String(value)])).toString(),
  'multipart/form-data; boundary=x': ({ name, iban, token }) =>
    `--x\r\nContent-Disposition: form-data; name="file"; filename="${name}.pdf"\r\n\r\n${name} ${iban} ${token}\r\n--x--\r\n`,
  'text/plain': ({ name, phone, street }) => `Dear ${name}, of ${street}: call ${phone}.`,
  'application/xml': ({ name, email, iban }) => `<customer name="${name}"><mail>${email}</mail>${iban}</customer>`,
}

const exchanges = Object.entries(bodies).flatMap(([type, bodyOf]) =>
  people.map((person) => passingOf(person, bodyOf(person), type)),
)

describe('200 secrets and marks of people, in every place of an exchange', () => {
  const watch = exchangeInspector(model)
  const recorder = exchangeRecorder(model)
  const recordings = exchanges.map(
    (passing) => recorder.record(watch.exchange(passing), passing) ?? expect.fail('nothing recorded'),
  )

  it('stand in no recording, encoded or not', () => {
    expect(planted).toHaveLength(200)
    const text = JSON.stringify(recordings)
    const left = planted.filter((one) => [one, encodeURIComponent(one)].some((form) => text.includes(form)))
    expect(left).toEqual([])
    const surnames = people.map(({ name }) => name.split(' ')[1] as string)
    expect(surnames.filter((surname) => text.includes(surname))).toEqual([])
  })

  it('stand in no header, path or nested value that is kept', () => {
    const kept = people.map(({ email, token, key, cookie, password, name }) =>
      recorder.record(
        { request: '', violations: [] },
        {
          method: 'GET',
          target: `/unknown/${token}/reset-token/${cookie}/${key}?user[token]=${cookie}&${token}=1`,
          headers: new Headers({
            prefer: `contact=${email}`,
            'if-none-match': `"${email}"`,
            'content-type': `application/json; name="${name}"`,
            accept: `application/json; owner="${email}"`,
          }),
          answer: {
            status: 200,
            headers: new Headers({ etag: `"${email}"`, 'content-type': `application/json; name="${name}"` }),
            body: `{"pass\\u0077ord":${JSON.stringify(password)},"credentials":{"a":["${cookie}"],"b":{"c":"${cookie}"}},"privateKey":"${cookie}"}`,
          },
        },
      ),
    )
    const text = JSON.stringify(kept)
    expect(foundIn(text)).toEqual([])
    expect(people.filter(({ name }) => text.includes(name.split(' ')[1] as string))).toEqual([])
    expect(kept[0]).toMatchObject({ response: { headers: { etag: kept[0]?.request.headers['if-none-match'] } } })
  })

  it('leave recordings that keep to the document, and tell the same person apart from others', () => {
    for (const { response } of recordings) {
      const { body } = response as { body: Record<string, unknown> }
      expect([body.reason, body.total]).toEqual(['late', 121.5])
      expect(body.anything).toBe(body.name)
    }
    const names = new Set(recordings.map(({ response }) => (response.body as { name: string }).name))
    expect(names.size).toBe(people.length)
  })

  it('leave recordings that are found again, and answered without a violation', async () => {
    const fetch = replay(model, recordings)
    for (const [index, passing] of exchanges.entries()) {
      const response = await fetch(
        new Request(`http://localhost${passing.target}`, {
          method: 'POST',
          headers: passing.headers,
          body: passing.body as string,
        }),
      )
      const body = recordings[index]?.response.body
      const text = await response.text()
      expect(JSON.parse(text)).toEqual(body)
      const answer = { status: response.status, headers: response.headers, body: text }
      expect(watch.exchange({ ...passing, answer }).violations.filter(({ side }) => side === 'answer')).toEqual([])
    }
  })

  it('stand in nothing that a proxy prints, as far as their form tells', () => {
    const said = exchanges.map(({ answer, ...asked }) =>
      watch.exchange({
        ...asked,
        ...(answer && {
          answer: {
            ...answer,
            body: (answer.body as string).replace(
              '"reason":"late"',
              `"reason":${JSON.stringify(answer.headers.get('x-contact'))}`,
            ),
          },
        }),
      }),
    )
    const text = JSON.stringify(said.map(({ request, violations }) => [request, violations]))
    expect(said.every(({ violations }) => violations.length > 0)).toBe(true)
    const marks = people.flatMap(({ email, phone, iban, token }) => [email, phone, iban, token])
    expect(marks.filter((one) => [one, encodeURIComponent(one)].some((form) => text.includes(form)))).toEqual([])
  })
})
