import { Ajv2020 } from 'ajv/dist/2020.js'
import { fullFormats } from 'ajv-formats/dist/formats.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formats } from '../../spec/schema/formats.ts'

const options = { strict: false, logger: false as const, multipleOfPrecision: 6 }
const ours = new Ajv2020({ ...options, formats })
const reference = new Ajv2020({ ...options, formats: fullFormats })

const samples: Readonly<Record<string, readonly string[]>> = {
  date: [
    '2024-02-29',
    '2023-02-29',
    '1900-02-29',
    '2000-02-29',
    '2026-04-31',
    '0000-01-01',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-1-1',
    '２026-01-01',
  ],
  'date-time': [
    '2026-01-15T10:20:30Z',
    '2026-01-15t10:20:30z',
    '2026-01-15 10:20:30+02:00',
    '2024-02-29T23:59:60Z',
    '2024-02-29T23:59:59.123456789-05:30',
    '2026-01-15T10:20:30',
    '2026-01-15T24:00:00Z',
    '2026-01-15T10:60:00Z',
    '2026-01-15T18:29:60-05:30',
    '2026-01-15T10:20:30+0200',
    '2026-01-15T10:20:30+02',
    '2026-01-15T10:20:30.Z',
    '2026-01-15T10:20:30+24:00',
    '2026-02-30T10:20:30Z',
    '2026-01-15\u00a010:20:30Z',
    '2026-01-15T10:20:30Z\n',
  ],
  email: [
    'ada@books.example',
    'a.b+c@x-y.example',
    '.a@b.example',
    'a..b@c.example',
    'a@b',
    'a@-b.example',
    'a@b-.example',
    '"a b"@c.example',
    'a@b@c.example',
    'ä@b.example',
    'a@b..example',
    "o'x@b.test",
  ],
  uuid: [
    '4a6e0804-2bd0-4672-b79d-d97027f9071a',
    'urn:uuid:4a6e0804-2bd0-4672-b79d-d97027f9071a',
    '4A6E0804-2BD0-4672-B79D-D97027F9071A',
    '4a6e08042bd04672b79dd97027f9071a',
    '4a6e0804-2bd0-4672-b79d-d97027f9071g',
  ],
  uri: [
    'https://pay.example/i/1?x=1&y=%20#top',
    'http://localhost:4010/a',
    'https://',
    'mailto:ada@books.example',
    'urn:isbn:1',
    '/relative',
    'https://a b.example',
    'https://x.example/%zz',
    'https://[::1]:80/',
    'https://[1:2:3:4:5:6:7:8]',
    'https://[1:2:3:4:5:6:7::]/a',
    'https://[::1:2:3:4:5:6:7]',
    'https://[::ffff:192.0.2.1]:1',
    'http://[1::2::3]',
    'http://[v1.a:b]/',
    'http://u:p@[::1]?q#f',
    'http://[::1',
    'x:[::1]',
    'x:/[::01.2.3.4]',
    'a:',
    'abcdefg:',
    'abcdefg:?',
    'a:/',
    'a://',
    'a:?q',
    'a:#f',
    'a:b?c?d#e/?',
    '1a:b',
    'http://a"b/',
    'https://user:pw@x.example/',
    'ftp://x.example',
    'http://x.example:port/',
    'https://ä.example/',
    'https://x.example/[',
    'https://x.example/#a#b',
  ],
}

/** Formats of which texts that are nearly right cannot be told from a sample of the reference's own checks. */
const more: Readonly<Record<string, readonly string[]>> = {
  time: [
    '10:20:30Z',
    '23:59:60Z',
    '22:29:60-01:30',
    '23:30:60-00:29',
    '00:29:60+00:30',
    '24:00:00Z',
    '10:20:30',
    '10:20:30.5+02:00',
    '10:20:30z',
    '10:20:30+02',
    '10:20:60Z',
    '00:00:60+00:01',
  ],
  'iso-time': ['10:20:30Z', '10:20:30', '10:20:30.', '10:20:30+02:00', '10:60:30', '23:59:60'],
  'iso-date-time': [
    '2026-01-15T10:20:30',
    '2026-01-15 10:20:30Z',
    '2026-01-15',
    '2026-02-30T10:20:30',
    '2026-01-15T10:20',
  ],
  regex: ['^a+$', '[', '(?<x>a)', 'a\\Z', '\\Z', 'a{2,1}', '(?=a)*', '\\u{1}'],
}

const alphabet = '0123456789-:.TtZz +@%/?#[]abcdefgxyzé\n'

/** Texts that are nearly right: a sample with one character changed, added or taken away. */
const nearly = (texts: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...texts), fc.nat(80), fc.constantFrom(...alphabet.split(''), ''), fc.constantFrom(0, 1))
    .map(([text, place, letter, cut]) => {
      const at = place % (text.length + 1)
      return text.slice(0, at) + letter + text.slice(at + cut)
    })

describe.each(Object.keys({ ...samples, ...more }))('format %s', (format) => {
  const mine = ours.compile({ format })
  const theirs = reference.compile({ format })
  const texts = (samples[format] ?? more[format]) as readonly string[]

  it('accepts and refuses samples as ajv-formats in full mode does', () => {
    expect(texts.map((text) => [text, mine(text)])).toEqual(texts.map((text) => [text, theirs(text)]))
    expect(new Set(texts.map((text) => theirs(text))).size).toBe(2)
  })

  it('gives the same verdict on texts that are nearly right, and on any text', () => {
    fc.assert(
      fc.property(fc.oneof(nearly(texts), fc.string()), (text) => mine(text) === theirs(text)),
      { numRuns: 3000 },
    )
  })
})

describe('formats', () => {
  it('take base64 as a whole; the reference is content with one line of it', () => {
    const [mine, theirs] = [ours.compile({ format: 'byte' }), reference.compile({ format: 'byte' })]
    const texts = [
      '',
      'QUJD',
      'QUI=',
      'QQ==',
      'QUJ',
      'QU=D',
      '====',
      'Q===',
      'QUJD\nQUJD',
      '!!\nQUJD',
      'QUJD\n',
      'QUJD=',
    ]
    expect(texts.filter((text) => mine(text) !== theirs(text))).toEqual(texts.filter((text) => text.includes('\n')))
    fc.assert(
      fc.property(
        fc.oneof(nearly(texts), fc.base64String()),
        (text) => text.includes('\n') || mine(text) === theirs(text),
      ),
      { numRuns: 2000 },
    )
  })

  it('are those of ajv-formats that say something, those of the OpenAPI registry, and international ones', () => {
    const silent = ['binary', 'double', 'float', 'password']
    const more = [
      'decimal',
      'idn-email',
      'int16',
      'int8',
      'iri',
      'iri-reference',
      'uint16',
      'uint32',
      'uint64',
      'uint8',
    ]
    expect(Object.keys(formats).sort()).toEqual(
      [...Object.keys(fullFormats).filter((name) => !silent.includes(name)), ...more].sort(),
    )
  })

  it('answer quickly to a hostile address', () => {
    expect(ours.compile({ format: 'email' })(`a@${'a'.repeat(500_000)}!`)).toBe(false)
  })
})
