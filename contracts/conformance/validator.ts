import { _, Ajv2020 } from 'ajv/dist/2020.js'
import type { ErrorObject, FuncKeywordDefinition, Options, ValidateFunction } from 'ajv/dist/2020.js'
import { failure } from '../../spec/index.ts'
import { isMultiple } from '../validator/multiple.ts'
import type { Document, Pointer } from '../../spec/index.ts'
import { formats } from './formats.ts'
import type { Mode } from './mode.ts'
import { storeOf } from './store.ts'
import type { Store } from './store.ts'

/** Returns ajv's errors about a value, none where it is valid. */
export type Validate = (value: unknown) => readonly ErrorObject[]

/** Validators of a document's schemas, compiled when first asked for. */
export interface Validators {
  readonly store: Store
  /** @throws Failure for a schema that ajv does not understand. */
  at(pointer: Pointer): Validate
}

const options: Options = {
  strictSchema: true,
  strictTypes: false,
  strictTuples: false,
  strictRequired: false,
  allowUnionTypes: true,
  allowMatchingProperties: true,
  allErrors: true,
  // Errors then name the very schema object, which leads back to its line in the document.
  verbose: true,
  formats,
  logger: false,
}

/** Decimals as they are written: Ajv divides in floating point, where 19.99 / 0.01 is 1998.9999999999998. */
const multiples: FuncKeywordDefinition = {
  keyword: 'multipleOf',
  type: 'number',
  schemaType: 'number',
  compile: (step: number) => (value: number) => isMultiple(step, value),
  error: { message: 'is no multiple', params: ({ schemaCode }) => _`{multipleOf: ${schemaCode}}` },
}

/** Returns what compiles schemas of a store. */
function compilerOf(store: Store, own: Options): (pointer: Pointer) => ValidateFunction {
  const ajv = new Ajv2020({ ...options, ...own }).removeKeyword('multipleOf').addKeyword(multiples)
  ajv.addSchema(store.root)
  return (pointer) => {
    try {
      return ajv.getSchema(store.take(pointer)) as ValidateFunction
    } catch (error) {
      if ((error as Error).name === 'Failure') throw error
      throw failure(`compile the schema at ${pointer}`, { expected: 'JSON Schema 2020-12', received: (error as Error).message })
    }
  }
}

/**
 * Returns the validators of a document: references followed by Ajv itself, nothing dereferenced. One Ajv only says yes or no, and
 * another, that costs more, is asked for errors where there are any.
 */
export function validatorsOf(document: Document, mode: Mode = 'documented'): Validators {
  const store = storeOf(document, mode)
  const swift = compilerOf(storeOf(document, mode, { isSwift: true }), { allErrors: false, verbose: false })
  const thorough = compilerOf(store, {})
  const compiled = new Map<Pointer, Validate>()

  function compile(pointer: Pointer): Validate {
    const isFine = swift(pointer)
    let validate: ValidateFunction | undefined
    return (value) => {
      if (isFine(value)) return []
      validate ??= thorough(pointer)
      return validate(value) ? [] : [...(validate.errors ?? [])]
    }
  }

  return {
    store,
    at(pointer) {
      const validate = compiled.get(pointer) ?? compile(pointer)
      compiled.set(pointer, validate)
      return validate
    },
  }
}
