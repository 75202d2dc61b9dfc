import { describe, expect, it } from 'vitest'
import { answersOf, ledgerOf, present, presentationOf } from '../../factories/index.ts'
import { isFictional } from '../../factories/ledger/address.ts'
import { apiNames, builtIn, isJson, parseDay, successOf } from '../../spec/index.ts'

const today = parseDay('2026-01-15') as number

/** RFC 2606: top-level domains for tests and documentation, and the second-level ones of example. */
const reserved = /(?:^|\.)(?:example|test|invalid|localhost)$|(?:^|\.)example\.(?:com|net|org)$/

const hosts = (text: string): string[] => [
  ...[...text.matchAll(/[\w.+%-]+@([\w-]+(?:\.[\w-]+)+)/g)].map((match) => match[1] as string),
  ...[...text.matchAll(/\b(?:https?|ftp|wss?|mailto):\/\/(?:[^/\s@]*@)?([\w.-]+)/g)].map((match) => match[1] as string),
  ...[...text.matchAll(/\bwww\.([\w-]+(?:\.[\w-]+)+)/g)].map((match) => match[1] as string),
]

/** Texts that look like international telephone numbers. */
const phones = (text: string): string[] => [...text.matchAll(/\+\d[\d ()/-]{6,}\d/g)].map((match) => match[0])

function* strings(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (Array.isArray(value)) for (const item of value) yield* strings(item)
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) {
      yield key
      yield* strings(item)
    }
}

describe.each(apiNames)('in every text of %s', (name) => {
  const model = builtIn(name)
  const schema = successOf(model.operations.find(({ does }) => does === 'get') as never)?.content.find(
    ({ mediaType }) => isJson(mediaType),
  )?.schema as string
  const ledger = ledgerOf({ seed: 5, invoices: 400, today })
  const answers = answersOf(model, ledger)
  const texts = new Set<string>()
  for (let index = 0; index < 400; index++)
    for (const text of strings(answers.build(schema, { invoice: present(ledger.entry(index), presentationOf(model)) })))
      texts.add(text)

  it('addresses are on domains reserved by RFC 2606', () => {
    expect(texts.size).toBeGreaterThan(500)
    expect([...new Set([...texts].flatMap(hosts))].filter((host) => !reserved.test(host))).toEqual([])
  })

  it('telephone numbers are in ranges kept for fiction', () => {
    expect([...texts].flatMap(phones).filter((phone) => !isFictional(phone))).toEqual([])
  })
})

describe('the walk itself', () => {
  it.each(['mail jo@acme.com now', 'see https://acme.com/x', 'www.acme.co.uk'])('sees a real address in %s', (text) => {
    expect(hosts(text).some((host) => !reserved.test(host))).toBe(true)
  })

  it('sees a real number', () => {
    expect(phones('call +49 30 901820 today').filter((phone) => !isFictional(phone))).toEqual(['+49 30 901820'])
  })
})
