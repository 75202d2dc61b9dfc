import type { Random } from '../../factories/index.ts'
import type { Ask, Bytes } from './wire.ts'

/** A request that means harm, or is made by somebody who cannot know better. */
export interface Hostile {
  readonly ask?: Ask
  readonly bytes?: Bytes
  /** Whether it asks for an answer of 5xx. */
  readonly mayFail?: boolean
}

const odd: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1e308,
  -0.5,
  9_007_199_254_740_992,
  '',
  ' ',
  'null',
  '\u0000',
  '\ud800',
  '🧾'.repeat(50),
  'x'.repeat(5000),
  '__proto__',
  [],
  [[]],
  {},
  { $ref: '#' },
  { __proto__: 1, constructor: { prototype: {} } },
  Array.from({ length: 300 }, (_, index) => index),
  '2026-02-30',
  '0x10',
  "'; DROP TABLE invoices; --",
  '../../etc/passwd',
  '%00',
  '1..2..3',
  '>=',
  'NaN',
]
const words = [
  '',
  '-1',
  '0',
  '1e9',
  '99999999999999999999',
  'NaN',
  '%00',
  '%ff',
  '%F0%9F%A7%BE',
  'null',
  '[]',
  '..',
  '>=',
  '1..',
  'a'.repeat(3000),
  '__proto__',
  'true',
  '2026-13-40',
  '%',
  '\'"`',
  'desc,asc',
  '\u202e',
]
const preferences = [
  'code=404',
  'code=503',
  'code=599',
  'code=',
  'example=overdue',
  'example=none',
  'delay=3',
  'delay=-1',
  'seed=7',
  `seed=${'9'.repeat(90)}`,
  'seed=',
  'scenario=single',
  'scenario=empty',
  'scenario=no such',
  'dynamic=true',
  'dynamic',
  'return=minimal',
  '"',
  ',,,;;=',
  'code=200, code=500',
]
const conditions: readonly (readonly [string, string])[] = [
  ['if-none-match', '*'],
  ['if-none-match', '"a", W/"b"'],
  ['if-none-match', '"'.repeat(500)],
  ['if-match', '"x"'],
  ['if-modified-since', 'yesterday'],
  ['range', 'bytes=0-5'],
  ['range', 'bytes=-99999999999'],
  ['if-range', '"x"'],
  ['expect', '100-continue'],
  ['te', 'trailers'],
  ['upgrade', 'h2c'],
]
const read = (contentType: string, status = 200): string =>
  JSON.stringify({ api: 'stuut', operation: 'listInvoices', status, contentType, body: '{"a":1}' })
const controls: readonly (readonly [string, string, string])[] = [
  ['GET', '', ''],
  ['GET', '/snapshot', ''],
  ['GET', '/worlds', ''],
  ['GET', '/webhooks', ''],
  ['POST', '/clock', '{"today":"2026-01-16"}'],
  ['POST', '/clock', '{"today":"2026-01-15"}'],
  ['POST', '/clock', '{"today":"9999-99-99"}'],
  ['POST', '/clock', '{"today":1e99}'],
  ['POST', '/reset', '{"seed":{}}'],
  ['POST', '/reset', '{"invoices":-1}'],
  ['POST', '/reset', '{"invoices":40,"seed":3}'],
  ['POST', '/restore', '{"order":null}'],
  ['POST', '/restore', '[]'],
  ['POST', '/snapshot', ''],
  ['POST', '/restore', ''],
  ['POST', '/scenario', '{"name":"single"}'],
  ['POST', '/scenario', '{"name":["nobody"]}'],
  ['POST', '/scenario', '{"name":[]}'],
  ['POST', '/clock', '{"today":5}'],
  ['POST', '/clock', '{"today":"9999-12-31"}'],
  ['POST', '/clock', `{"today":${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
  ['POST', '/scenario', `{"name":${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
  ['POST', '/invoices', `{"id":${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
  ['POST', '/invoices', '{"total":1e308}'],
  ['POST', '/invoices', '{"currency":[]}'],
  ['POST', '/invoices', '{"lines":[{"quantity":1e300,"price":"1e300"}]}'],
  ['POST', '/invoices', '{"dueDate":"9999-12-31"}'],
  ['POST', '/invoices', '{"total":"121.00","status":"overdue"}'],
  ['POST', '/read', read('\n')],
  ['POST', '/read', read('a/b; charset=\u20ac')],
  ['POST', '/read', read('application/json')],
  ['POST', '/read', read('application/json', 1e9)],
  ['POST', '/read', '['.repeat(20_000)],
  ['GET', '/requests/stream?\u0000', ''],
  ['GET', '/requests/1e308', ''],
  ['GET', '/apis/%ff', ''],
  ['GET', '/apis/stuut/example?operation=__proto__', ''],
  ['POST', '/apis/stuut/overlay', '{"roles":{"__proto__":"x","/paths":null}}'],
  ['POST', '/apis/stuut/overlay', '{"roles":{"/a":"\\ud800"}}'],
  ['DELETE', '/worlds', ''],
  ['POST', '/../clock', '{}'],
  ['POST', '/clock', '{'],
  ['PUT', '/reset', 'null'],
]

type Kind = (random: Random, sound: Ask) => Hostile

/** What is done to a sound request, by the name of the kind. */
export const kinds: Readonly<Record<string, Kind>> = {
  'no JSON': (random, sound) => ({
    ask: withBody(
      sound,
      random.pick([
        '{',
        '[1,',
        'nul',
        '"',
        '{"a":1}}',
        '\ufeff{}',
        '',
        '{"a":\u0007}',
        '['.repeat(9000),
        `${'{"a":'.repeat(3000)}1`,
      ]),
    ),
  }),
  'wrong types': (random, sound) => ({ ask: withBody(sound, JSON.stringify(mangled(random, sound))) }),
  'odd query': (random, sound) => ({
    ask: { ...sound, path: `${sound.path}${sound.path.includes('?') ? '&' : '?'}${oddQuery(random, sound)}` },
  }),
  'odd path': (random, sound) => ({
    ask: { ...sound, path: clean(sound.path.replace(/[^/?]+(?=\?|$)/, random.pick(words))) },
  }),
  'odd method': (random, sound) => ({
    ask: { ...sound, method: random.pick(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE', 'PROPFIND', 'POST']) },
  }),
  'no credentials': (random, { headers, ...sound }) => ({
    ask: {
      ...sound,
      path: sound.path.replace(/card=[^&]*&?/, ''),
      headers: {
        ...(headers['content-length'] !== undefined && { 'content-length': headers['content-length'] }),
        authorization: random.pick(['', 'Bearer', 'Basic !!', 'x'.repeat(3000)]),
      },
    },
  }),
  preference: (random, sound) => {
    const prefer = random.pick(preferences)
    return { ask: headed(sound, { prefer }), mayFail: /code=5/.test(prefer) }
  },
  conditional: (random, sound) => {
    const [name, value] = random.pick(conditions)
    return { ask: headed(sound, { [name]: value, ...(name === 'upgrade' && { connection: 'upgrade' }) }) }
  },
  'odd header': (random, sound) => ({
    ask: headed(
      sound,
      random.pick<Record<string, string | string[]>>([
        { accept: 'text/html' },
        { accept: '*/*;q=0' },
        { 'x-proforma-world': 'a b' },
        { 'x-proforma-world': 'x'.repeat(300) },
        { cookie: 'proforma-world=%00; =;;' },
        { 'content-type': 'text/xml' },
        { 'content-type': 'application/json; charset=utf-7' },
        { 'content-encoding': 'gzip' },
        { 'idempotency-key': 'x'.repeat(5000) },
        { origin: 'null' },
        { accept: ['application/json', 'text/csv'] },
        { 'accept-encoding': 'gzip;q=x, *;q=0' },
      ]),
    ),
  }),
  control: (random) => {
    const [method, path, body] = random.pick(controls)
    const world = random.at('world').int(0, 30)
    return {
      ask: {
        method,
        path: `/__proforma${path}`,
        headers: {
          'content-type': 'application/json',
          'x-proforma-world': `c${world}`,
          ...(body !== '' && { 'content-length': String(Buffer.byteLength(body)) }),
        },
        body: body === '' ? undefined : body,
      },
    }
  },
  GraphQL: (random, sound) => ({
    ask: {
      ...sound,
      method: 'POST',
      path: '/customeros/query',
      ...payload(
        JSON.stringify({
          query: random.pick(attacks)(random.int(1, 1200)),
          variables: random.pick<unknown>([null, {}, { id: random.pick(odd) }, odd]),
        }),
      ),
    },
  }),
  'huge body': (random, sound) => ({ ask: withBody(sound, `{"a":"${'x'.repeat(random.int(100_000, 1_200_000))}"}`) }),
  'bare HTTP/1.0': (_random, sound) => ({ bytes: { pieces: [written(sound, { version: 'HTTP/1.0' })] } }),
  'no HTTP': (random, sound) => ({
    bytes: {
      pieces: [
        random.pick([
          Buffer.from('\r\n\r\n'),
          Buffer.from('GET\r\n\r\n'),
          Buffer.from('GET / HTTP/9.9\r\n\r\n'),
          Buffer.from([22, 3, 1, 0, 255, 1]),
          Buffer.from(`GET ${'/a'.repeat(20_000)} HTTP/1.1\r\nhost: a\r\n\r\n`),
          Buffer.from('GET http://[::1/ HTTP/1.1\r\nhost: a\r\n\r\n'),
          Buffer.from('GET /stuut/v1/invoices HTTP/1.1\r\nhost: \u0000\r\n\r\n'),
          Buffer.from('CONNECT a:1 HTTP/1.1\r\nhost: a\r\n\r\n'),
          Buffer.from(
            written(sound)
              .toString()
              .replace(/host: .*\r\n/, ''),
          ),
        ]),
      ],
    },
  }),
  'double headers': (random, sound) => ({
    bytes: {
      pieces: [
        written(sound, {
          extra: random.pick([
            'host: b\r\n',
            'content-length: 3\r\n',
            'content-length: 0\r\ntransfer-encoding: chunked\r\n',
            'authorization: Bearer x\r\nauthorization: Bearer y\r\n',
            'accept: a/b\r\naccept: */*\r\n',
            ' folded: 1\r\n',
            'x\u0000y: 1\r\n',
            'transfer-encoding: gzip, chunked\r\n',
            'transfer-encoding: identity\r\n',
            'x: y\r\n'.repeat(3000),
          ]),
        }),
      ],
    },
  }),
  chunks: (random, sound) => ({
    bytes: {
      pieces: [
        written({ ...sound, method: 'POST', body: undefined }, { extra: 'transfer-encoding: chunked\r\n' }),
        ...random
          .pick([
            ['2\r\n{}\r\n', '0\r\n\r\n'],
            ['ffffffffffffffff\r\n'],
            ['-1\r\n{}\r\n'],
            ['2;a=b\r\n{}\r\n', '0\r\nx: y\r\n\r\n'],
            ['2\r\n{'],
            ['zz\r\n\r\n'],
            ['1\r\n{\r\n', '1\r\n}\r\n', '0\r\n\r\n'],
          ])
          .map((text) => Buffer.from(text)),
      ],
    },
  }),
  'half closed': (random, sound) => {
    const whole = written(sound)
    return { bytes: { pieces: [whole.subarray(0, random.int(1, whole.length))], isHalfClosed: true } }
  },
  pipelined: (random, sound) => {
    const [stranger, own] = [Buffer.from('GET /nothing HTTP/1.1\r\nhost: a\r\n\r\n'), written(sound, { isLast: false })]
    const first = Array.from({ length: random.int(1, 7) }, (_, index) => (index % 3 === 2 ? stranger : own))
    return { bytes: { pieces: [Buffer.concat([...first, written(sound)])] } }
  },
  'in pieces': (random, sound) => {
    const whole = written(sound)
    const cut = random.int(1, whole.length - 1)
    return { bytes: { pieces: [whole.subarray(0, cut), whole.subarray(cut)] } }
  },
}

const attacks: readonly ((size: number) => string)[] = [
  (size) => `{ ${Array.from({ length: size }, (_, index) => `a${index}: invoices { totalPages }`).join(' ')} }`,
  (size) => '{a'.repeat(size) + '}'.repeat(size),
  (size) => `{ ...f } fragment f on Query { ${'...f '.repeat(size)} }`,
  (size) => `{ invoices ${'@skip(if: false) '.repeat(size)} { totalPages } }`,
  (size) => `{ invoices(pagination: { page: ${size}, limit: ${size} }) { content { note } } }`,
  (size) => `{ invoices(where: ${'{ AND: '.repeat(size % 40)}{}${' }'.repeat(size % 40)}) { totalPages } }`,
  () => '{ __schema { types { name fields { name } } } }',
  () => 'subscription { a }',
  () => '{ invoice(id: 5) { note } invoices(sort: [{ by: "DUE_DATE" }, { by: "x" }]) { totalPages } } # 🧾',
  () => 'mutation { invoice_Update(input: { id: "1", status: DRAFT, patch: true }) { status } }',
]

const headed = (sound: Ask, headers: Ask['headers']): Ask => ({ ...sound, headers: { ...sound.headers, ...headers } })

const payload = (text: string): Pick<Ask, 'headers' | 'body'> => ({
  headers: {
    authorization: 'Bearer any',
    'x-customer-os-api-key': 'any',
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(text)),
  },
  body: text,
})

const withBody = (sound: Ask, text: string): Ask => ({
  ...sound,
  method: sound.method === 'GET' ? 'POST' : sound.method,
  headers: { ...sound.headers, 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) },
  body: text,
})

/** Returns the body with one of its values, or itself, replaced. */
function mangled(random: Random, { body }: Ask): unknown {
  const value: unknown = body === undefined ? { limit: 1 } : JSON.parse(String(body))
  const replace = (part: unknown, chance: number): unknown => {
    if (random.chance(chance)) return random.pick(odd)
    if (Array.isArray(part)) return part.map((item) => replace(item, 0.3))
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(
      Object.entries(part).map(([name, item]) => [random.chance(0.05) ? random.pick(words) : name, replace(item, 0.3)]),
    )
  }
  return replace(value, 0.1)
}

function oddQuery(random: Random, { path }: Ask): string {
  const names = [
    ...new URL(path, 'http://localhost').searchParams.keys(),
    'page',
    'limit',
    'status',
    'sort_by',
    'sort',
    'next_cursor',
    'since',
    'tier',
    'a[b]',
    'created_at[gte]',
    'amount_remaining',
    '__proto__',
    'near[lat]',
    'kinds',
  ]
  return clean(Array.from({ length: random.int(1, 5) }, () => `${random.pick(names)}=${random.pick(words)}`).join('&'))
}

/** What Node's client sends at all. */
const clean = (text: string): string => text.replace(/[^\u0021-\u007e]/g, (letter) => encodeURIComponent(letter))

function written(
  { method, path, headers, body }: Ask,
  { version = 'HTTP/1.1', extra = '', isLast = true } = {},
): Buffer {
  const lines = Object.entries({ host: '127.0.0.1', ...(isLast && { connection: 'close' }), ...headers }).map(
    ([name, value]) => `${name}: ${[value].flat().join(', ')}\r\n`,
  )
  return Buffer.from(
    `${method} ${path} ${version}\r\n${lines.join('')}${extra}\r\n${body === undefined ? '' : String(body)}`,
  )
}
