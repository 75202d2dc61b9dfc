import { describe, expect, it } from 'vitest'
import { check } from '../contracts/index.ts'
import { apiNames, builtIn, factory, mock } from '../index.ts'
import { atPointer, isJson, isObject, optionals, resolve, showing, successOf } from '../spec/index.ts'
import { credentialsFor } from './support/credentials.ts'
import { today } from './support/exam.ts'

/** The names an invoice's schema states, and those it requires. */
function namesOf(api: (typeof apiNames)[number]): { stated: string[]; required: string[] } {
  const { document, operations } = builtIn(api)
  const get = operations.find(({ does }) => does === 'get')
  const { value } = resolve(
    document,
    get ? (successOf(get)?.content.find(({ mediaType }) => isJson(mediaType))?.schema ?? '') : '',
  )
  return {
    stated: Object.keys(atPointer(value, '/properties') as object),
    required: isObject(value) && Array.isArray(value.required) ? value.required : [],
  }
}

describe.each(apiNames)('%s', (name) => {
  const { stated, required } = namesOf(name)
  const realistic = Array.from({ length: 40 }, (_, index) => factory(name).at(index))
  /** What an invoice does not have, and may not be null, cannot be shown. */
  const isSilent = (property: string): boolean =>
    new Set(realistic.map((invoice) => Object.hasOwn(invoice, property))).size === 2

  it('shows every optional property, or none of them', () => {
    for (const index of [0, 7, 40]) {
      const [all, none] = [factory(name, { optional: 'all' }), factory(name, { optional: 'none' })].map((one) =>
        one.at(index),
      )
      expect(Object.keys(none as object).toSorted()).toEqual(required.toSorted())
      expect(stated.filter((property) => !Object.hasOwn(all as object, property) && !isSilent(property))).toEqual([])
    }
  })

  it.each(['all', 'none'] as const)('keeps to its document and to the laws with %s', async (optional) => {
    const { fetch } = mock(name, { seed: 42, invoices: 60, optional })
    const report = await check(builtIn(name), fetch, {
      baseUrl: 'http://localhost',
      headers: credentialsFor(builtIn(name)),
      today,
      writes: true,
      limit: 20,
      maxPages: 2,
    })
    // A list without ids leaves a check nothing to ask for but the document's examples, which these books do not have.
    expect(
      report.violations.filter(({ code, status }) => optional === 'all' || code !== 'PF-OK' || status !== 404),
    ).toEqual([])
  })

  it('writes what it builds', () => {
    for (const optional of optionals) {
      const [built, written] = [factory(name, { seed: 7, optional }), factory(name, { seed: 7, optional })]
      expect(JSON.parse(written.write())).toEqual(built.build())
    }
  })
})

it('lets a document say which itself', () => {
  const model = builtIn('truto')
  const bare = { ...model, representation: { ...model.representation, optional: 'none' as const } }
  expect(Object.keys(factory(bare).build())).toEqual(['id'])
  expect(Object.keys(factory(showing(bare, 'realistic')).build()).length).toBeGreaterThan(10)
  expect(showing(model, undefined)).toBe(model)
  expect(showing(model, 'all')).toBe(showing(model, 'all'))
})

it('is changed by transient', () => {
  expect(
    Object.keys(factory('truto', { optional: 'none' }).transient({ optional: 'all' }).build()).length,
  ).toBeGreaterThan(10)
})
