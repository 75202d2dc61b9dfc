import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { foundIn, people, planted } from '../support/planted.ts'
import type { Person } from '../support/planted.ts'
import { newFolder, run, startCommand } from './support/command.ts'
import { closingAfterEach, upstream } from './support/upstream.ts'

/** Answers that break a rule in every place, of each sort one for each person. */
const sorts = {
  whole: 'application/json',
  broken: 'application/json',
  refused: 'application/problem+json',
  text: 'text/plain',
  markup: 'application/xml',
} as const
type Sort = keyof typeof sorts

const bodies: Readonly<Record<Sort, (person: Person) => string>> = {
  whole: ({ name, email, phone, mobile, iban, token, key, password, street, cookie }) =>
    JSON.stringify({
      status: `${email}, ${phone}`,
      name, email, phone, mobile, iban, street, password, apiKey: key, accessToken: token, sessionCookie: cookie,
      pin: 4711, total: 'a lot', due: '2026-13-45', state: 'PENDNG', number: 'INV-0001', anything: name,
      [name]: 1, [email]: { [iban]: 2 },
      owner: { contactName: name, street, secret: password, notes: [`${name}, ${street}, IBAN ${iban}`] },
      link: `https://files.wester.de/${key}?sig=${cookie}&page=2`,
    }),
  broken: ({ name, email, phone, password, street }) =>
    `{"name":"${name}","street":"${street}","password":"${password}","text":"${name} ${email} ${phone}",`,
  refused: ({ name, email, phone, token, key, password, iban }) =>
    JSON.stringify({
      title: 'Not Found', detail: `Customer ${name} (${email}, ${phone}) has no account`, iban,
      password, hint: `Bearer ${token}, key ${key}`,
    }),
  text: ({ name, phone, token, email }) => `Sorry ${name}, we called ${phone} and wrote to ${email}. Bearer ${token}`,
  markup: ({ name, iban, street, email }) =>
    `<customer name="${name}"><street>${street}</street><mail>${email}</mail><iban>${iban}</iban></customer>`,
} // prettier-ignore

const statuses: Readonly<Record<Sort, number>> = { whole: 200, broken: 200, refused: 404, text: 500, markup: 403 }

const integers = [
  'name', 'email', 'phone', 'iban', 'street', 'password', 'apiKey', 'accessToken', 'sessionCookie', 'total', 'number', 'anything', 'link', 'owner',
] // prettier-ignore

const pathOf = (sort: Sort, index: number): string => `/${sort}${index}`

const document = {
  openapi: '3.1.0',
  info: { title: 'People', version: '1' },
  paths: Object.fromEntries(
    people.flatMap((_, index) =>
      (Object.keys(sorts) as Sort[]).map((sort) => [
        pathOf(sort, index),
        {
          get: {
            operationId: `${sort}${index}x`,
            parameters: [{ name: 'q', in: 'query', schema: { type: 'integer' } }],
            responses: {
              200: {
                description: '',
                headers: { 'X-Customer-Name': { schema: { type: 'integer' } }, 'X-Contact': { schema: { type: 'integer' } } },
                content: { 'application/json': { schema: { $ref: '#/components/schemas/Customer' } } },
              },
            },
          },
        },
      ]),
    ),
  ),
  components: {
    schemas: {
      Customer: {
        type: 'object',
        additionalProperties: { type: 'integer' },
        properties: {
          ...Object.fromEntries(integers.map((name) => [name, { type: 'integer' }])),
          mobile: { type: 'integer', maximum: 10 },
          pin: { type: 'integer', maximum: 10 },
          status: { enum: ['open', 'paid'] },
          state: { enum: ['PENDING', 'DONE'] },
          due: { type: 'string', format: 'date' },
        },
      },
    },
  },
} // prettier-ignore

const headersOf = ({ name, email, phone, cookie, token }: Person, sort: Sort): Record<string, string> => ({
  'content-type': sorts[sort],
  'x-customer-name': name,
  'x-contact': `${email}, ${phone}`,
  'set-cookie': `sid=${cookie}`,
  location: `https://wester.de/reset?token=${token}`,
})

const targetOf = ({ name, token }: Person, path: string): string =>
  `${path}?q=${encodeURIComponent(name)}&access_token=${token}`

const folder = newFolder()
const file = join(folder, 'people.json')
writeFileSync(file, JSON.stringify(document))

const forms = ['json', 'junit', 'sarif', 'html', 'markdown', 'ctrf', 'text', 'github'] as const

/** Checks, and returns all that was printed and written, and the report as JSON. */
async function everythingOf(...args: readonly string[]): Promise<{ text: string; json: string }> {
  const to = newFolder()
  const { stdout, stderr, code } = await run([
    'check', '--document', file, ...args, '--report', 'github', '--update-overlay', join(to, 'overlay.yaml'),
    ...forms.flatMap((form) => ['--report', `${form}=${join(to, form)}`]),
  ]) // prettier-ignore
  expect([code, stderr]).toEqual([1, ''])
  const written = readdirSync(to)
  expect(written).toHaveLength(forms.length + 1)
  return {
    text: [stdout, stderr, ...written.map((name) => readFileSync(join(to, name), 'utf8'))].join('\n'),
    json: readFileSync(join(to, 'json'), 'utf8'),
  }
}

/** Surnames and parts of them are looked for as well. */
const marks = people.map(({ name }) => name.split(' ')[1] as string)

function expectNobody(text: string): void {
  expect(foundIn(text)).toEqual([])
  expect(marks.filter((mark) => text.includes(mark))).toEqual([])
}

const bodiesFolder = join(folder, 'bodies')
mkdirSync(bodiesFolder)
for (const [index, person] of people.entries())
  for (const sort of ['whole', 'broken'] as const)
    writeFileSync(join(bodiesFolder, `${sort}${index}x.json`), bodies[sort](person))

const harFile = join(folder, 'people.har')
writeFileSync(
  harFile,
  JSON.stringify({
    log: {
      entries: people.flatMap((person, index) =>
        (Object.keys(sorts) as Sort[]).map((sort) => ({
          request: {
            method: 'GET',
            url: `https://api.test${targetOf(person, pathOf(sort, index))}`,
            headers: [
              { name: 'Authorization', value: `Bearer ${person.token}` },
              { name: 'Cookie', value: `sid=${person.cookie}` },
              { name: 'X-Api-Key', value: person.key },
            ],
          },
          response: {
            status: statuses[sort],
            headers: Object.entries(headersOf(person, sort)).map(([name, value]) => ({ name, value })),
            content: { text: bodies[sort](person) },
          },
        })),
      ),
    },
  }),
)

const answer: RequestListener = ({ url = '' }, outgoing) => {
  const [, sort, index] = /^\/([a-z]+)(\d+)/.exec(url) as unknown as [string, Sort, string]
  const person = people[Number(index)] as Person
  outgoing.writeHead(statuses[sort], headersOf(person, sort)).end(bodies[sort](person))
}

describe('200 secrets and marks of people, planted in every place,', () => {
  const closing = closingAfterEach()

  it('are read from an HTTP Archive and stand in no report, while what is no personal data does', async () => {
    expect(planted).toHaveLength(200)
    const { text, json } = await everythingOf('--har', harFile)
    expectNobody(text)
    const { violations } = JSON.parse(json) as { violations: readonly { pointer: string; received: string }[] }
    const receivedAt = (pointer: string): readonly string[] => [
      ...new Set(violations.filter((one) => one.pointer === pointer).map(({ received }) => received)),
    ]
    expect(receivedAt('/state')).toEqual(['"PENDNG"'])
    expect(receivedAt('/total')).toEqual(['"a lot"'])
    expect(receivedAt('/due')).toEqual(['"2026-13-45"'])
    expect(receivedAt('/number')).toEqual(['"INV-0001"'])
    expect(receivedAt('/pin')).toEqual(['***'])
    expect(receivedAt('/name')).toEqual(['"A•••••••• W••••••••"'])
    expect(receivedAt('/iban')).toEqual(['"DE####################"'])
    expect(text).toContain('Not Found')
    const shown = await everythingOf('--har', harFile, '--show-values')
    // A caller's own credentials are never shown.
    const credentials = new Set(people.flatMap(({ token, cookie }) => [token, cookie]))
    expect(planted.filter((one) => !credentials.has(one) && !shown.json.includes(one))).toEqual([])
  })

  it('are read from a folder of bodies and stand in no report', async () => {
    expectNobody((await everythingOf('--bodies', bodiesFolder)).text)
    const shown = await everythingOf('--bodies', bodiesFolder, '--show-values')
    expect(planted.filter((one) => !shown.json.includes(one))).toEqual([])
  })

  it('are answered by a server and stand in no report', async () => {
    const { text } = await everythingOf('--url', await upstream(answer, closing))
    expectNobody(text)
    expect(text).toContain('A•••')
  })

  it('are answered to requests that fuzzing draws and stand in nothing that it says', async () => {
    const to = join(newFolder(), 'fuzz.json')
    const { stdout, stderr, code } = await run([
      'fuzz', '--document', file, '--url', await upstream(answer, closing), '--runs', '500', '--seed', '1', '--json', to,
    ]) // prettier-ignore
    expect(code).toBe(1)
    expectNobody(stdout + stderr + readFileSync(to, 'utf8'))
    expect(stdout).toContain('A•••')
  })

  it('pass a proxy and stand neither in what it prints nor in what it records', async () => {
    const recordings = newFolder()
    const proxy = await startCommand([
      'proxy', '--document', file, '--port', '0', '--url', await upstream(answer, closing), '--record', recordings,
    ]) // prettier-ignore
    for (const [index, person] of people.entries())
      for (const sort of Object.keys(sorts) as Sort[])
        await fetch(proxy.url + targetOf(person, pathOf(sort, index)), {
          headers: { authorization: `Bearer ${person.token}`, cookie: `sid=${person.cookie}`, 'x-api-key': person.key },
          redirect: 'manual',
        }).then((response) => response.text())
    const { stdout, stderr, code } = await proxy.stop('SIGINT')
    expect([code, stderr]).toEqual([1, expect.not.stringContaining('Failed')])
    expect(stdout).toContain('in 100 exchanges.')
    expect(stdout).toContain('A•••')
    const files = readdirSync(recordings)
    expect(files).toHaveLength(100)
    expectNobody(
      [stdout, stderr, ...files, ...files.map((name) => readFileSync(join(recordings, name), 'utf8'))].join('\n'),
    )
  })
})
