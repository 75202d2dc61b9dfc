import { _, Ajv2020 } from 'ajv/dist/2020.js'
import type { FuncKeywordDefinition, Options, ValidateFunction } from 'ajv/dist/2020.js'
import { failure, mayMakeCode } from '../../spec/index.ts'
import { compiler } from '../validator/compile.ts'
import type { Compiled } from '../validator/compile.ts'
import { generateTest } from '../validator/generate.ts'
import { issuesOf } from '../validator/issues.ts'
import type { Issue } from '../validator/issues.ts'
import { isMultiple } from '../validator/multiple.ts'
import { fits } from '../validator/node.ts'
import type { Node } from '../validator/node.ts'
import type { PlainSchema } from '../validator/schema.ts'
import type { Document, Pointer } from '../../spec/index.ts'
import { checks, formats } from './formats.ts'
import type { Mode } from './mode.ts'
import { storeOf } from './store.ts'
import type { Store } from './store.ts'

/** Returns what is wrong with a value, in the form of Ajv's errors; nothing where it is valid. */
type Validate = (value: unknown) => readonly Issue[]

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
  // The document is no schema; what is wrong with one in it is told when that is compiled.
  meta: false,
  validateSchema: false,
}

/** Decimals as they are written: Ajv divides in floating point, where 19.99 / 0.01 is 1998.9999999999998. */
const multiples: FuncKeywordDefinition = {
  keyword: 'multipleOf',
  type: 'number',
  schemaType: 'number',
  compile: (step: number) => (value: number) => isMultiple(step, value),
  error: { message: 'is no multiple', params: ({ schemaCode }) => _`{multipleOf: ${schemaCode}}` },
}

/** Returns what compiles schemas of a store with Ajv. */
function ajvOver(store: Store): (pointer: Pointer) => Validate {
  const ajv = new Ajv2020(options).removeKeyword('multipleOf').addKeyword(multiples)
  ajv.addSchema(store.root)
  return (pointer) => {
    try {
      const validate = ajv.getSchema(store.take(pointer)) as ValidateFunction
      return (value) => (validate(value) ? [] : [...(validate.errors ?? [])])
    } catch (error) {
      if ((error as Error).name === 'Failure') throw error
      throw failure(`compile the schema at ${pointer}`, {
        expected: 'JSON Schema 2020-12',
        received: (error as Error).message,
      })
    }
  }
}

/** Values that are judged before code is made for a schema. */
const warm = 20

/**
 * Returns the validators of a document: references are followed, nothing is dereferenced. Closures that are made in no time say
 * whether a value fits, and straight code for schemas that are often asked for; where they say no, Ajv finds the words, and closures
 * again where a content security policy keeps Ajv from making code. What closures do not understand is left to Ajv.
 */
export function validatorsOf(document: Document, mode: Mode = 'documented'): Validators {
  const store = storeOf(document, mode)
  const compiled = compiler(store.root.$defs, checks)
  const byAjv = ajvOver(store)
  const known = new Map<Pointer, Validate>()

  function make(pointer: Pointer): Validate {
    const schema = compiled.follow(store.take(pointer).slice(store.root.$id.length))
    const node = nodeOf(compiled, schema)
    if (!node) return byAjv(pointer)
    let explain: Validate | undefined
    let judged = 0
    let test = (value: unknown): boolean => fits(node, value)
    return (value) => {
      if (judged++ === warm && mayMakeCode()) test = generateTest(schema, compiled)
      if (test(value)) return []
      explain ??= explainer(pointer, schema)
      return explain(value)
    }
  }

  /** Ajv lets a few wrong values pass (members called `__proto__`, nested `contains`), and stumbles over others: then closures tell. */
  function explainer(pointer: Pointer, schema: PlainSchema): Validate {
    let validate: Validate | undefined
    return (value) => {
      try {
        validate ??= byAjv(pointer)
        const errors = validate(value)
        if (errors.length > 0) return errors
      } catch {
        // It may not make code, or is stricter about schemas than there is reason to be here.
      }
      return issuesOf(schema, value, compiled)
    }
  }

  return {
    store,
    at(pointer) {
      const validate = known.get(pointer) ?? make(pointer)
      known.set(pointer, validate)
      return validate
    },
  }
}

/** Returns a schema made ready, or nothing where it has a keyword that only Ajv understands, or nobody. */
function nodeOf({ compile }: Compiled, schema: PlainSchema): Node | undefined {
  try {
    return compile(schema)
  } catch {
    return undefined
  }
}
