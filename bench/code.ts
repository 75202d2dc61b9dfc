import type { Bounded } from './bounded.ts'

/** How the code of a value is written: for one of each kind, as somebody would by hand. */
export interface Style {
  readonly head: string
  readonly text: (name: string, format: string | undefined) => string
  readonly whole: string
  readonly fraction: string
  readonly flag: string
  readonly one: (list: string) => string
  readonly perhaps: (value: string) => string
}

/** A plain generator of random numbers and object literals: what `build` is held against. */
export const plain: Style = {
  head: `let state = 1
const random = () => {
  state = (state + 0x6d2b79f5) | 0
  let hash = Math.imul(state ^ (state >>> 15), 1 | state)
  hash = (hash + Math.imul(hash ^ (hash >>> 7), 61 | hash)) ^ hash
  return ((hash ^ (hash >>> 14)) >>> 0) / 4294967296
}
const int = (below) => (random() * below) | 0
const words = ['Consulting', 'Hosting', 'Support plan', 'Travel expenses', 'Paper, A4', 'Office chairs', 'Design of a logo', 'License, 12 months']
const two = (number) => (number < 10 ? '0' + number : String(number))
const day = () => \`2026-\${two(1 + int(12))}-\${two(1 + int(28))}\``,
  text: (name, format) => {
    if (format === 'date') return 'day()'
    if (format === 'date-time') return '`${day()}T${two(int(24))}:${two(int(60))}:${two(int(60))}Z`'
    if (name === 'id' || name.endsWith('_id')) return `\`${name.slice(0, 3)}_\${int(1e9).toString(36)}\``
    if (name.includes('email')) return '`user${int(1e4)}@example.com`'
    if (name.includes('url')) return '`https://www.example.com/${int(1e6)}`'
    return 'words[int(8)]'
  },
  whole: 'int(100000)',
  fraction: 'int(10000000) / 100',
  flag: 'random() < 0.5',
  one: (list) => `${list}[int(${list}.length)]`,
  perhaps: (value) => `random() < 0.2 ? null : ${value}`,
}

/** The same with faker, as its guide shows it. */
export const withFaker = (faker: string): Style => ({
  head: `import { faker } from ${JSON.stringify(faker)}\nfaker.seed(1)`,
  text: (name, format) => {
    if (format === 'date') return 'faker.date.past({ refDate: 1768435200000 }).toISOString().slice(0, 10)'
    if (format === 'date-time') return 'faker.date.past({ refDate: 1768435200000 }).toISOString()'
    if (name === 'id' || name.endsWith('_id')) return 'faker.string.uuid()'
    if (name.includes('email')) return 'faker.internet.email()'
    if (name.includes('url')) return 'faker.internet.url()'
    if (name.includes('phone')) return 'faker.phone.number()'
    if (name.includes('city')) return 'faker.location.city()'
    if (name.includes('street') || name.includes('address')) return 'faker.location.streetAddress()'
    return name.endsWith('name') ? 'faker.person.fullName()' : 'faker.commerce.productName()'
  },
  whole: 'faker.number.int({ max: 100000 })',
  fraction: 'faker.number.float({ max: 100000, fractionDigits: 2 })',
  flag: 'faker.datatype.boolean()',
  one: (list) => `faker.helpers.arrayElement(${list})`,
  perhaps: (value) => `faker.helpers.maybe(() => ${value}, { probability: 0.8 }) ?? null`,
})

/** Returns the text of a module whose `make` makes a value of a schema by one literal. */
export function codeOf(schema: Bounded, style: Style): string {
  const lists = new Map<string, string>()
  const value = (part: Bounded, name: string): string => {
    if ('const' in part) return JSON.stringify(part.const)
    if (part.enum) return style.one(listOf(part.enum))
    if (part.properties)
      return `{ ${Object.entries(part.properties)
        .map(([key, inner]) => `${JSON.stringify(key)}: ${value(inner, key)}`)
        .join(', ')} }`
    if (part.items) return part.maxItems === 0 ? '[]' : `[${value(part.items, name)}]`
    const types = [part.type ?? 'string'].flat()
    const made = scalar(
      types.find((type) => type !== 'null'),
      name,
      part.format,
    )
    return types.includes('null') ? style.perhaps(made) : made
  }
  const scalar = (type: unknown, name: string, format: string | undefined): string => {
    if (type === 'integer') return style.whole
    if (type === 'number') return style.fraction
    if (type === 'boolean') return style.flag
    return type === 'object' ? '{}' : type === 'array' ? '[]' : style.text(name, format)
  }
  const listOf = (words: readonly unknown[]): string => {
    const text = JSON.stringify(words)
    lists.set(text, lists.get(text) ?? `list${lists.size}`)
    return lists.get(text) as string
  }
  const body = value(schema, '')
  return `${style.head}\n${[...lists].map(([text, name]) => `const ${name} = ${text}`).join('\n')}\nexport const make = () => (${body})\n`
}
