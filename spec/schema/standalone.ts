// Writes validators ahead of time, for pages that forbid to make code.

import * as ajv from 'ajv/dist/2020.js'
import standaloneModule from 'ajv/dist/standalone/index.js'
import type { Document } from '../document.ts'
import type { Pointer } from '../pointer.ts'
import type { Direction } from './translate.ts'
import { instanceOf } from './engine.ts'
import type { Instance, Mode } from './engine.ts'
import { storeOf } from './translate.ts'

/** What `runtime.ts` gives to validators that are written ahead of time. */
export const runtimeNames = [
  'areUnique',
  'equal',
  'formats',
  'isAmong',
  'isMultiple',
  'lengthOf',
  'noted',
  'patternOf',
  'spend',
] as const

/** How validators are written. */
interface Way {
  readonly direction: Direction
  readonly mode?: Mode
  /** Whether errors say what the branches of a choice ask for, which needs the schemas beside the code. */
  readonly isVerbose?: boolean
}

const standalone = standaloneModule as unknown as {
  readonly default: (instance: Instance, references: Readonly<Record<string, string>>) => string
}

/** How Ajv's code notes an error. */
const noted =
  /const (err\d+) = (\{[^\n]*?\});if\(vErrors === null\)\{vErrors = \[\1\];\}else \{vErrors\.push\(\1\);\}errors\+\+;/g

/**
 * Returns an expression whose value is the validators of some schemas by their pointers: code that makes no code, and calls nothing but
 * what stands in `runtime.ts`.
 * @throws Failure for a reference that dangles.
 */
export function writeValidators(
  document: Document,
  pointers: readonly Pointer[],
  { direction, mode = 'documented', isVerbose = false }: Way,
): string {
  const store = storeOf(document, { direction, mode })
  const references = Object.fromEntries(pointers.map((pointer) => [pointer, store.take(pointer)]))
  const instance = instanceOf(ajv, store, isVerbose ? 'verbose module' : 'module')
  const code = pointers.length === 0 ? '' : standalone.default(instance, references)
  const plain = code
    .replaceAll('require("ajv/dist/runtime/equal").default', 'equal')
    .replaceAll('require("ajv/dist/runtime/ucs2length").default', 'lengthOf')
    // Nothing reads where in the schema an error came from; without that, and with one way to note it, code is a third shorter.
    .replaceAll(/schemaPath:"(?:[^"\\]|\\.)*",/g, '')
    .replaceAll(noted, 'vErrors = noted(vErrors, $2);errors++;')
    // A literal would take it for the prototype.
    .replaceAll(/(?<!\\)"__proto__":/g, '["__proto__"]:')
  return `((exports) => {${plain}\nreturn exports})({})`
}
