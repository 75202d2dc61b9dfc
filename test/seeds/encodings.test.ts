import { describe, expect, it } from 'vitest'
import { encodings } from '../../seeds/encodings.ts'
import type { EncodingName } from '../../seeds/encodings.ts'
import type { Cell, TableSchema } from '../../seeds/index.ts'

const things: TableSchema = {
  name: 'things',
  says: 'Things.',
  columns: [
    { name: 'id', type: 'integer', says: 'Identity.' },
    { name: 'text', type: 'text', isNullable: true, says: 'A text.' },
    { name: 'price', type: 'decimal', scale: 2, says: 'A price.' },
    { name: 'is_new', type: 'flag', says: 'New.' },
    { name: 'extra', type: 'json', says: 'More.' },
  ],
  key: ['id'],
  references: [],
  indexes: [],
}
const row = (name: EncodingName, text: Cell): string =>
  encodings[name].row(things, [1, text, '12.50', true, '{"a":"b"}'])

describe('a row', () => {
  it('is an object as JSON, its decimals with all their places', () => {
    expect(row('ndjson', 'a "b"\n')).toBe(
      '{"id":1,"text":"a \\"b\\"\\n","price":12.50,"is_new":true,"extra":{"a":"b"}}\n',
    )
    expect(row('json', null)).toBe('\n{"id":1,"text":null,"price":12.50,"is_new":true,"extra":{"a":"b"}}')
  })

  it('is the object itself where one column holds it', () => {
    expect(encodings.ndjson.row({ ...things, whole: 'extra' }, [1, 'a', '1.00', true, '{"a":"b"}'])).toBe('{"a":"b"}\n')
  })

  it('is quoted as CSV where it has to be, and tells nothing from an empty text', () => {
    expect(row('csv', null)).toBe('1,,12.50,true,"{""a"":""b""}"\n')
    expect(row('csv', '')).toBe('1,"",12.50,true,"{""a"":""b""}"\n')
    for (const text of ['a,b', 'a"b', 'a\nb', 'a\rb', ' a', 'a '])
      expect(row('csv', text)).toBe(`1,"${text.replaceAll('"', '""')}",12.50,true,"{""a"":""b""}"\n`)
    expect(encodings.csv.head(things)).toBe('id,text,price,is_new,extra\n')
  })

  it('is a tuple of SQL', () => {
    expect(row('sql', "it's")).toBe(`(1, 'it''s', 12.50, TRUE, '{"a":"b"}')`)
    expect(row('sql', null)).toBe(`(1, NULL, 12.50, TRUE, '{"a":"b"}')`)
    expect(encodings.sql.wrap?.(things, '(1)')).toBe(
      'INSERT INTO "things" ("id", "text", "price", "is_new", "extra") VALUES\n(1)\nON CONFLICT DO NOTHING;\n',
    )
  })

  it('is escaped as COPY of Postgres wants it', () => {
    expect(row('copy', 'a\tb\\c\nd\re')).toBe('1\ta\\tb\\\\c\\nd\\re\t12.50\ttrue\t{"a":"b"}\n')
    expect(row('copy', null)).toBe('1\t\\N\t12.50\ttrue\t{"a":"b"}\n')
  })
})
