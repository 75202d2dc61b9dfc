// Reads a scenario from a YAML or JSON file.

import type { Scenario } from '../../mocks/index.ts'
import { failure, isObject, suggest } from '../../spec/index.ts'
import { readSource } from '../../spec/load.ts'

const isWhole = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0
const isRate = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= 1
const isFlag = (value: unknown): boolean => typeof value === 'boolean'
const isStatus = (value: unknown): boolean => isWhole(value) && Number(value) >= 400 && Number(value) <= 599
const isPair = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 2 && value.every(isWhole) && value[0] <= value[1]
const isTableOf = (value: unknown, forms: Forms): boolean =>
  isObject(value) &&
  Object.keys(forms).every((key) => forms[key]?.[1](value[key])) &&
  Object.keys(value).every((key) => Object.hasOwn(forms, key))

type Forms = Readonly<Record<string, readonly [says: string, fits: (value: unknown) => boolean]>>

const latency: Forms = { median: ['', isWhole], most: ['', isWhole] }
const errors: Forms = {
  rate: ['', isRate],
  statuses: ['', (value) => Array.isArray(value) && value.length > 0 && value.every(isStatus)],
}
const limit: Forms = { passes: ['', isWhole], refuses: ['', isWhole], retryAfter: ['', isWhole] }

const forms: Readonly<Record<'' | 'constraints' | 'faults', Forms>> = {
  '': {
    $schema: ['an address', (value) => typeof value === 'string'],
    says: ['a sentence', (value) => typeof value === 'string'],
    invoices: ['a whole number, at most a million', (value) => isWhole(value) && Number(value) <= 1_000_000],
    constraints: ['a table', isObject],
    faults: ['a table', isObject],
  },
  constraints: {
    newest: ['a whole number of days', isWhole],
    span: ['a whole number of days', isWhole],
    longestTerms: ['a whole number of days', isWhole],
    isUnsettled: ['true or false', isFlag],
    isDisputed: ['true or false', isFlag],
    mixesCurrencies: ['true or false', isFlag],
    part: ['two percents, the lesser first', (value) => isPair(value) && ((value as number[])[1] as number) <= 100],
  },
  faults: {
    latency: [
      'milliseconds: a number, two of them, or median and most',
      (value) => isWhole(value) || isPair(value) || isTableOf(value, latency),
    ],
    status: ['a status from 400 to 599', isStatus],
    errors: ['rate and statuses', (value) => isTableOf(value, errors)],
    resets: ['a rate from 0 to 1', isRate],
    truncations: ['a rate from 0 to 1', isRate],
    limit: ['passes, refuses and retryAfter', (value) => isTableOf(value, limit)],
    isMalformed: ['true or false', isFlag],
  },
}

/**
 * Returns the scenario in a YAML or JSON file.
 * @throws Failure for a file that cannot be read, and for what no scenario has, with line and column.
 */
export function readScenario(file: string): Scenario {
  const { value, locate } = readSource(file)
  for (const part of ['', 'constraints', 'faults'] as const) {
    const stated = part === '' ? value : isObject(value) ? value[part] : undefined
    if (stated === undefined) continue
    if (!isObject(stated))
      throw failure(`read ${file}`, {
        expected: 'a table',
        received: JSON.stringify(stated)?.slice(0, 80) ?? 'nothing',
      })
    for (const [key, own] of Object.entries(stated)) {
      const place = locate(`${part === '' ? '' : `/${part}`}/${key}`)
      const where = place ? `${place.file}:${place.line}:${place.column}` : file
      const form = Object.hasOwn(forms[part], key) ? forms[part][key] : undefined
      if (!form)
        throw failure(`read ${where}`, {
          expected: `a part of a scenario`,
          received: JSON.stringify(key),
          cure: suggest(key, Object.keys(forms[part])) || `Known are: ${Object.keys(forms[part]).join(', ')}.`,
        })
      if (!form[1](own))
        throw failure(`read ${where}`, {
          expected: `${key} to be ${form[0]}`,
          received: (JSON.stringify(own) ?? 'nothing').slice(0, 80),
        })
    }
  }
  const { $schema: _, ...scenario } = value as Partial<Scenario> & { readonly $schema?: string }
  return { says: '', ...scenario }
}
