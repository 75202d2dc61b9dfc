import { Writable } from 'node:stream'
import type { WriteStream } from 'node:tty'
import { describe, expect, it } from 'vitest'
import { curlOf } from '../../cli/request-example.ts'
import { optionKinds } from '../../cli/options/kinds.ts'
import type { OptionKind } from '../../cli/options/kinds.ts'
import { readValue } from '../../cli/options/read.ts'
import { progressLine } from '../../cli/progress.ts'
import { isHarmless } from '../../cli/run.ts'
import { crashText, size, formatTable } from '../../cli/terminal.ts'
import { compile, formatDay, localDay } from '../../spec/index.ts'

describe('an option', () => {
  it('takes whole numbers, its bounds included', () => {
    expect(['1', '10', '007'].map((text) => readValue('--n', text, optionKinds.integer(1, 10)))).toEqual([1, 10, 7])
    for (const text of ['0', '11', '1.5', '', ' 1', '0x1', 'NaN', '9'.repeat(30)])
      expect(() => readValue('--n', text, optionKinds.integer(1, 10))).toThrow(
        /^Failed to read --n: expected a whole number from 1 to 10 but/,
      )
  })

  it('takes the day where the command runs for now', () => {
    expect(formatDay(localDay(new Date(2026, 11, 31, 23, 59)))).toBe('2026-12-31')
    expect(formatDay(localDay(new Date(2027, 0, 1, 0, 1)))).toBe('2027-01-01')
  })

  it('takes numbers and words for seeds', () => {
    expect(['42', '-1', 'demo', '1e3'].map((text) => readValue('--seed', text, optionKinds.seed))).toEqual([
      42,
      -1,
      'demo',
      '1e3',
    ])
  })

  it.each<[string, OptionKind]>([
    ['a file', optionKinds.text('file')],
    ['an id', optionKinds.text('id')],
    ['a number or a word', optionKinds.seed],
    ['now, or a day like 2026-01-15', optionKinds.day],
    ['an address like https://api.example.com/v2', optionKinds.address('base')],
    ["'Name: value'", optionKinds.pair('header', ':', "'Name: value'")],
  ])('takes no empty text for %s: a variable of the shell was not set', (noun, kind) => {
    for (const text of ['', '  '])
      expect(() => readValue('--state', text, kind)).toThrow(
        `Failed to read --state: expected ${noun} but received an empty text. Is a variable empty that it is taken from?`,
      )
  })

  it('takes headers as HTTP has them', () => {
    const header = optionKinds.pair('header', ':', "'Name: value'")
    expect(['A: b: c', 'x-empty:', 'X-Tight:y'].map((text) => readValue('--header', text, header))).toEqual([
      { A: 'b: c' },
      { 'x-empty': '' },
      { 'X-Tight': 'y' },
    ])
  })

  it('takes addresses, and credentials out of them', () => {
    const read = (text: string): unknown => readValue('--url', text, optionKinds.address('base'))
    expect(read('https://api.example.com/v2//')).toEqual({ baseUrl: 'https://api.example.com/v2' })
    expect(read('http://[::1]:4010')).toEqual({ baseUrl: 'http://[::1]:4010' })
    expect(read('http://a:b%3A@api.example.com')).toEqual({
      baseUrl: 'http://api.example.com',
      authorization: `Basic ${btoa('a:b:')}`,
    })
    expect(() => read('http://a%:b@api.example.com')).toThrow('expected credentials in percent-encoding')
  })
})

describe('curl', () => {
  const modelOf = (operation: object, securitySchemes: object = {}, path = '/bills') =>
    compile(
      {
        openapi: '3.1.0',
        info: { title: 'Bills', version: '1' },
        paths: { [path]: operation },
        components: { securitySchemes },
      },
      { name: 'bills' },
    )
  const guarded = (scheme: object): string | undefined =>
    curlOf(modelOf({ get: { security: [{ key: [] }], responses: {} } }, { key: scheme }), 'http://h/bills')

  it.each([
    [{ type: 'http', scheme: 'bearer' }, "curl -H 'Authorization: Bearer any' http://h/bills/bills"],
    [{ type: 'http', scheme: 'BASIC' }, "curl -H 'Authorization: Basic any' http://h/bills/bills"],
    [{ type: 'oauth2', flows: {} }, "curl -H 'Authorization: Bearer any' http://h/bills/bills"],
    [{ type: 'apiKey', in: 'header', name: 'X-Key' }, "curl -H 'X-Key: any' http://h/bills/bills"],
    [{ type: 'apiKey', in: 'cookie', name: 'sid' }, "curl -H 'Cookie: sid=any' http://h/bills/bills"],
    [{ type: 'apiKey', in: 'query', name: 'key' }, "curl 'http://h/bills/bills?key=any'"],
    [{ type: 'mutualTLS' }, 'curl http://h/bills/bills'],
  ])('carries the credential of %j', (scheme, line) => {
    expect(guarded(scheme)).toBe(line)
  })

  it('fills in what is required, from the document', () => {
    const parameters = [
      { name: 'account', in: 'query', required: true, schema: { type: 'string', format: 'uuid' } },
      { name: 'kind', in: 'query', required: true, schema: { enum: ["o'clock", 'b'] } },
      { name: 'from', in: 'query', required: true, example: '2026-01-01', schema: { type: 'string', format: 'date' } },
      { name: 'page', in: 'query', schema: { type: 'integer' } },
      { name: 'X-Tenant', in: 'header', required: true, schema: { type: 'string', default: 'acme' } },
    ]
    expect(curlOf(modelOf({ get: { parameters, responses: {} } }), 'http://h')).toBe(
      "curl -H 'X-Tenant: acme' 'http://h/bills?account=00000000-0000-4000-8000-000000000000&kind=o'\\''clock&from=2026-01-01'",
    )
  })

  it('sends the body that the document shows, or the least that is required', () => {
    const body = (schema: object, more: object = {}): string | undefined =>
      curlOf(
        modelOf({
          post: {
            'x-operation': 'claim',
            requestBody: { required: true, content: { 'application/json': { schema, ...more } } },
            responses: {},
          },
        }),
        'http://h',
      )
    const head = "curl -H 'Content-Type: application/json' -d"
    expect(body({}, { example: { a: 1 } })).toBe(`${head} '{"a":1}' http://h/bills`)
    expect(body({ examples: [{ b: 2 }] })).toBe(`${head} '{"b":2}' http://h/bills`)
    expect(
      body({
        type: 'object',
        required: ['c'],
        properties: { c: { type: 'integer', minimum: 3 }, d: {}, n: { type: 'integer', 'x-role': 'claim.limit' } },
      }),
    ).toBe(`${head} '{"c":3,"n":2}' http://h/bills`)
  })

  it('says nothing of a document without operations', () => {
    expect(curlOf(modelOf({}), 'http://h')).toBeUndefined()
  })
})

describe('text', () => {
  it('tells sizes', () => {
    expect([0, 999, 1000, 12_345, 123_456, 999_999, 2_100_000_000].map(size)).toEqual([
      '0 bytes',
      '999 bytes',
      '1.0 kB',
      '12.3 kB',
      '123 kB',
      '1000 kB',
      '2.1 GB',
    ])
  })

  it('asks to report what only we can mend, with the stack', () => {
    expect(crashText(new TypeError('boom'))).toMatch(
      /^TypeError: boom\n {4}at .*please report it with the lines above\.$/s,
    )
    expect(crashText('a text')).toMatch(/^a text\n/)
  })

  it.each<[string, object, boolean]>([
    ['an assertion of fetch when a connection ends', {}, true],
    ['another assertion of fetch', { message: 'assert(this.ptr != null)' }, false],
    ['an assertion elsewhere', { stack: 'AssertionError\n    at finish (file:///undici/check.js:1:1)' }, false],
    ['any other error', { code: 'ERR_INVALID_STATE' }, false],
  ])('says nothing of %s if nothing is lost by it', (_, change, isPassedOver) => {
    const assertion = Object.assign(
      new Error('The expression evaluated to a falsy value:\n\n  assert(!this.paused)\n'),
      {
        code: 'ERR_ASSERTION',
        stack:
          'AssertionError [ERR_ASSERTION]: …\n    at Parser.finish (node:internal/deps/undici/undici:7388:9)\n    at Socket.onHttpSocketEnd (node:internal/deps/undici/undici:7827:34)',
      },
    )
    expect(isHarmless(Object.assign(assertion, change))).toBe(isPassedOver)
  })

  it('aligns columns whatever their colour', () => {
    expect(
      formatTable([
        ['a', 'b'],
        ['\u001b[1mlong\u001b[22m', 'c'],
      ]),
    ).toBe('  a     b\n  \u001b[1mlong\u001b[22m  c')
  })
})

describe('progress', () => {
  const streamOf = (isTTY: boolean): { stream: WriteStream; told: () => string } => {
    let told = ''
    const stream = new Writable({
      write(chunk, _encoding, done) {
        told += String(chunk)
        done()
      },
    })
    return { stream: Object.assign(stream, { isTTY, columns: 40 }) as unknown as WriteStream, told: () => told }
  }

  it('is a bar on a terminal, and wipes itself', () => {
    const { stream, told } = streamOf(true)
    const progress = progressLine(stream, 200)
    progress.show(50, '50 of 200')
    progress.show(51, '51 of 200')
    expect(told()).toMatch(/━{6}.*─{18}.* 25 % 50 of 200$/)
    progress.clear()
    expect(told().endsWith('\r\u001b[K')).toBe(true)
  })

  it('fits the terminal', () => {
    const { stream, told } = streamOf(true)
    progressLine(stream).show(1, 'x'.repeat(100))
    expect(told()).toBe(`\r\u001b[K${'x'.repeat(39)}`)
  })

  it('is silent on anything else', () => {
    const { stream, told } = streamOf(false)
    const progress = progressLine(stream, 10)
    progress.show(5, 'half')
    progress.clear()
    expect(told()).toBe('')
  })
})
