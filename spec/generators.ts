import { isObject } from './document.ts'

type Form = readonly [expected: string, holds: (value: unknown) => boolean]

const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value)
const isRange = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 2 && value.every(isNumber) && (value[0] as number) <= (value[1] as number)

const role: Form = [
  'one role in braces',
  (value) => typeof value === 'string' && /^\{[a-z]\w*(?:\.\w+)*\}$/.test(value),
]
const path: Form = [
  'a source and its properties',
  (value) => typeof value === 'string' && /^[a-z]\w*(?:\.\w+)*$/.test(value),
]
const text: Form = ['a text', (value) => typeof value === 'string' && value !== '']
const number: Form = ['a number, or the least and the greatest', (value) => isNumber(value) || isRange(value)]
const share: Form = ['a share from 0 to 1', (value) => isNumber(value) && Math.abs((value as number) - 0.5) <= 0.5]

/** What makes values that a document declares itself, and what each takes; `factories/values/formula.ts` says how. */
export const generators: Readonly<Record<string, Form>> = {
  $pick: ['a list to pick from', (value) => Array.isArray(value) && value.length > 0],
  $whole: number,
  $ratio: ['the least and the greatest', isRange],
  $chance: share,
  $after: role,
  $token: role,
  $case: role,
  $else: ['a value', () => true],
  $before: text,
  $upper: text,
  $rows: ['a list of objects', (value) => Array.isArray(value) && value.length > 0 && value.every(isObject)],
  $part: path,
  $from: path,
}

/** What may stand beside a generator. */
export const settings: Readonly<Record<string, Form>> = { days: number, seconds: number, take: number, share }
