import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSource } from '../../spec/load.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'proforma-load-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function fileOf(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

describe('a file', () => {
  it('is parsed, with the places of its parts', () => {
    const { value, locate } = readSource(fileOf('a.yaml', 'a:\n  - b: 1\n    c: 2\n'))
    expect(value).toEqual({ a: [{ b: 1, c: 2 }] })
    expect([locate('/a/0/c'), locate('/a/7')].map((place) => [place?.line, place?.column])).toEqual([
      [3, 8],
      [2, 3],
    ])
  })

  it('with a key twice is refused where that stands, however deep', () => {
    expect(() => readSource(fileOf('b.yaml', 'a:\n  - b: 1\n    "b": 2\n'))).toThrow(
      /b\.yaml:3:5: expected well-formed YAML or JSON but received the key "b" twice in one mapping\.$/,
    )
    expect(() => readSource(fileOf('c.json', '{ "x": { "y": 1,\n  "y": 2 } }'))).toThrow(
      /c\.json:2:3: .*the key "y" twice/,
    )
    expect(readSource(fileOf('d.yaml', '{ a: { x: 1 }, b: { x: 2 }, 1: 1, "1": 2 }')).value).toMatchObject({
      a: { x: 1 },
      b: { x: 2 },
    })
  })

  it('that is malformed is refused with line and column', () => {
    expect(() => readSource(fileOf('e.yaml', 'a: [1\nb: 2'))).toThrow(
      /e\.yaml:2:\d+: expected well-formed YAML or JSON/,
    )
    expect(() => readSource(join(folder, 'none.yaml'))).toThrow('expected a readable file but received ENOENT')
  })

  it('of JSON has the places of its parts, too', () => {
    const { value, locate } = readSource(
      fileOf('f.json', '{ "a}": [1, { "b\\"": "]",\n "c": { "d": null } }],\n"e": 2 }'),
    )
    expect(value).toEqual({ 'a}': [1, { 'b"': ']', c: { d: null } }], e: 2 })
    const places = ['/a}/1/c/d', '/a}/1/b"', '/e', '/a}/0', '/a}/7'].map((pointer) => locate(pointer))
    expect(places.map((place) => [place?.line, place?.column])).toEqual([
      [2, 14],
      [1, 22],
      [3, 6],
      [1, 10],
      [1, 9],
    ])
  })

  it('of YAML may merge mappings', () => {
    expect(readSource(fileOf('g.yaml', 'a: &a { x: 1, y: 1 }\nb:\n  <<: *a\n  y: 2\n')).value).toMatchObject({
      b: { x: 1, y: 2 },
    })
  })

  it('of aliases that make it huge is refused', () => {
    const bomb = [
      'a: &a [x]',
      ...Array.from(
        'bcdefghij',
        (name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[at]}`).join(', ')}]`,
      ),
    ]
    expect(() => readSource(fileOf('h.yaml', bomb.join('\n')))).toThrow(/h\.yaml.* alias/)
  })
})
