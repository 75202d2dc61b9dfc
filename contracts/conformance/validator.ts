import { Ajv2020 } from 'ajv/dist/2020.js'
import type { ErrorObject, Options, ValidateFunction } from 'ajv/dist/2020.js'
import { failure } from '../../spec/index.ts'
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
  // 19.99 / 0.01 is 1998.9999999999998 in floating point.
  multipleOfPrecision: 6,
  formats: formats as NonNullable<Options['formats']>,
  logger: false,
}

/** Returns the validators of a document: one Ajv for all of it, references followed by Ajv itself, nothing dereferenced. */
export function validatorsOf(document: Document, mode: Mode = 'documented'): Validators {
  const store = storeOf(document, mode)
  const ajv = new Ajv2020(options)
  ajv.addSchema(store.root)
  const compiled = new Map<Pointer, Validate>()

  function compile(pointer: Pointer): Validate {
    try {
      const validate = ajv.getSchema(store.take(pointer)) as ValidateFunction
      return (value) => (validate(value) ? [] : [...(validate.errors ?? [])])
    } catch (error) {
      if ((error as Error).name === 'Failure') throw error
      throw failure(`compile the schema at ${pointer}`, { expected: 'JSON Schema 2020-12', received: (error as Error).message })
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
