import { isMultiple } from './multiple.ts'
import { every } from './node.ts'
import type { Test } from './node.ts'

type Table = Readonly<Record<string, unknown>>

/** A check of one format; `true` where everything passes. */
export type FormatCheck =
  | true
  | ((text: string) => boolean)
  | { readonly type: 'number'; readonly validate: (value: number) => boolean }

/** Returns the test of what a schema asks of texts; `undefined` where it asks nothing. Lengths count characters, not UTF-16 units. */
export function textTest(
  { minLength, maxLength, pattern, format }: Table,
  formats: Readonly<Record<string, FormatCheck>>,
): Test | undefined {
  const check = typeof format === 'string' && Object.hasOwn(formats, format) ? formats[format] : undefined
  return every([
    typeof minLength === 'number'
      ? (text: string) => text.length >= minLength && (text.length >= minLength * 2 || lengthOf(text) >= minLength)
      : undefined,
    typeof maxLength === 'number'
      ? (text: string) => text.length <= maxLength || (text.length <= maxLength * 2 && lengthOf(text) <= maxLength)
      : undefined,
    typeof pattern === 'string' ? patternTest(pattern) : undefined,
    typeof check === 'function' ? check : undefined,
  ])
}

function patternTest(pattern: string): Test {
  const expression = new RegExp(pattern, 'u')
  return (text: string) => expression.test(text)
}

function lengthOf(text: string): number {
  let length = 0
  for (const _ of text) length++
  return length
}

/** Returns the test of what a schema asks of numbers; `undefined` where it asks nothing. */
export function numberTest(
  { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format }: Table,
  formats: Readonly<Record<string, FormatCheck>>,
): Test | undefined {
  const check = typeof format === 'string' && Object.hasOwn(formats, format) ? formats[format] : undefined
  return every([
    typeof minimum === 'number' ? (value: number) => value >= minimum : undefined,
    typeof maximum === 'number' ? (value: number) => value <= maximum : undefined,
    typeof exclusiveMinimum === 'number' ? (value: number) => value > exclusiveMinimum : undefined,
    typeof exclusiveMaximum === 'number' ? (value: number) => value < exclusiveMaximum : undefined,
    typeof multipleOf === 'number' ? (value: number) => isMultiple(multipleOf, value) : undefined,
    typeof check === 'object' ? check.validate : undefined,
  ])
}
