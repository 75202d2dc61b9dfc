import type { Document } from '../document.ts'
import { at } from '../pointer.ts'
import type { Pointer } from '../pointer.ts'
import { engineOf } from '../schema/engine.ts'
import type { Issue } from '../schema/issue.ts'
import { expectation, shorten } from './problem.ts'
import type { Flaw } from './problem.ts'

/** Returns what is wrong with a value; nothing when it is valid. */
export type Validate = (value: unknown) => Flaw[]

/** More than these help nobody. */
const mostFlaws = 20

/** Returns the check of a request value against the schema at a pointer. */
export function validatorOf(document: Document, pointer: Pointer): Validate {
  const check = engineOf(document, { direction: 'request' }).at(pointer)
  return (value) =>
    check
      .errors(value)
      .slice(0, mostFlaws)
      .map((issue) => flawOf(issue, value))
}

function flawOf({ pointer, keyword, asked, fitting }: Issue, value: unknown): Flaw {
  const received = at(value, pointer)
  const isChoice = Array.isArray(asked) && fitting === undefined && (keyword === 'anyOf' || keyword === 'oneOf')
  return {
    pointer,
    code: keyword === 'false' ? 'additionalProperties' : keyword,
    expected: expectation(isChoice ? 'type' : keyword === 'false' ? 'additionalProperties' : keyword, asked),
    received: received === undefined ? '' : shorten(received),
  }
}
