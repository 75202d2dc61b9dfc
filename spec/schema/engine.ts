// The schema engine: verdicts of Ajv on values of a document.

import type * as AjvModule from 'ajv/dist/2020.js'
import type { ValidateFunction } from 'ajv/dist/2020.js'
import { mayCompile } from '../code.ts'
import type { Document } from '../document.ts'
import { failure } from '../failure.ts'
import { patternOf } from '../pattern/pattern.ts'
import type { Pointer } from '../pointer.ts'
import { formats } from './formats.ts'
import { issuesOf } from './issue.ts'
import type { Issue } from './issue.ts'
import { precompiledFor } from './precompiled.ts'
import type { PrecompiledValidators, Validate } from './precompiled.ts'
import { isMultiple } from './runtime.ts'
import { storeOf } from './translate.ts'
import type { Direction, Store, StoreOptions } from './translate.ts'

/** The verdict on values of one schema. */
interface Check {
  /** Tells whether values can be judged at once: in Node, and where their validator was written ahead of time. */
  isReady(): boolean
  /** Tells whether a value fits. @throws Failure for a schema that Ajv cannot compile. */
  accepts(value: unknown): boolean
  /** Returns what of a value does not fit; nothing where all does. @throws Failure as `accepts` does. */
  errors(value: unknown): readonly Issue[]
}

/** The verdict on values of every schema of a document, for one direction. */
export interface Engine {
  /** Returns the check of the schema at a pointer. It is compiled when it is first asked. */
  at(pointer: Pointer): Check
  /** Returns the pointers that were asked for so far. */
  asked(): readonly Pointer[]
}

const engines = new WeakMap<
  Document,
  { readonly written: PrecompiledValidators | undefined; readonly known: Map<string, Engine> }
>()

/** Resolves when values of a document can be judged at once; only a page without validators for it has to wait, for Ajv. */
export async function engineFor(document: Document): Promise<void> {
  if (!precompiledFor(document) && !loadsAtOnce() && mayCompile()) await loadAjv()
}

/** Returns the engine of a document; made once for each manner. */
export function engineOf(
  document: Document,
  { direction, mode = 'documented' }: { direction?: Direction; mode?: Mode },
): Engine {
  const written = precompiledFor(document)
  const before = engines.get(document)
  const known = before?.written === written && before ? before.known : new Map<string, Engine>()
  engines.set(document, { written, known })
  const key = `${direction ?? ''} ${mode}`
  const engine = known.get(key) ?? makeEngine(document, { mode, ...(direction && { direction }) })
  known.set(key, engine)
  return engine
}

function makeEngine(document: Document, manner: StoreOptions): Engine {
  const store = storeOf(document, manner)
  const ahead =
    manner.mode === 'documented' && manner.direction ? precompiledFor(document)?.[manner.direction] : undefined
  const checks = new Map<Pointer, Check>()
  const instances = new Map<Purpose, Instance>()
  let needs = ''

  /** One instance for all schemas; another only where a later one needs more. */
  function compile(pointer: Pointer, purpose: Purpose): Validate | undefined {
    const reference = store.take(pointer)
    const ajv = ajvHere()
    if (!ajv || !mayCompile()) return warn()
    if (needs !== JSON.stringify(store.needs)) instances.clear()
    needs = JSON.stringify(store.needs)
    const instance = instances.get(purpose) ?? instanceOf(ajv, store, purpose)
    instances.set(purpose, instance)
    try {
      return instance.getSchema(reference) as ValidateFunction
    } catch (error) {
      throw failure(`compile the schema at ${pointer}`, {
        expected: 'JSON Schema 2020-12',
        received: (error as Error).message,
      })
    }
  }

  function make(pointer: Pointer): Check {
    const known = ahead?.[pointer]
    let [verdict, explanation] = [known, known]
    let isMissing = false
    const accepts = (value: unknown): boolean => {
      if (!verdict && !isMissing) isMissing = !(verdict = compile(pointer, 'verdict'))
      return !verdict || judged(verdict, value)
    }
    /** Ajv loses its way in a few values of schemas that count what others have looked at. */
    const judged = (validate: Validate, value: unknown): boolean => {
      try {
        return validate(value)
      } catch (error) {
        throw failure(`judge a value by the schema at ${pointer}`, {
          expected: 'a verdict of Ajv',
          received: (error as Error).message,
        })
      }
    }
    return {
      isReady: () => verdict !== undefined || (ajvHere() !== undefined && mayCompile()),
      accepts,
      errors(value) {
        if (accepts(value)) return none
        explanation ??= compile(pointer, 'explanation')
        return explanation && !judged(explanation, value) ? issuesOf([...(explanation.errors ?? [])], store.home) : none
      },
    }
  }

  return {
    at(pointer) {
      const check = checks.get(pointer) ?? make(pointer)
      checks.set(pointer, check)
      return check
    },
    asked: () => [...checks.keys()],
  }
}

const none: readonly Issue[] = []
let hasWarned = false

/** Says once that values are not judged here, and why. */
function warn(): undefined {
  if (!hasWarned)
    console.warn(
      'proforma: requests and answers are not judged here, because no code may be made (content security policy) and no validators were written ahead of time. Write them with "npx proforma validator --document … --to validators.js", and pass them to mock(model, { validators }).',
    )
  hasWarned = true
  return undefined
}

let ajv: Ajv | undefined

/** Returns Ajv where it is there already, and in Node, which can load it at once; `undefined` elsewhere, before {@link loadAjv}. */
function ajvHere(): Ajv | undefined {
  if (ajv) return ajv
  const { createRequire } = globalThis.process?.getBuiltinModule?.('node:module') ?? {}
  if (!createRequire) return undefined
  try {
    ajv = createRequire(import.meta.url)('ajv/dist/2020.js') as Ajv
  } catch {
    // Bundled into something else, it is where only a bundler finds it.
  }
  return ajv
}

/** Tells whether {@link ajvHere} need not be waited for. */
const loadsAtOnce = (): boolean => ajv !== undefined || globalThis.process?.getBuiltinModule !== undefined

/** Loads Ajv. Without this, it is loaded when it is first needed where that takes no waiting. */
async function loadAjv(): Promise<Ajv> {
  if (ajvHere()) return ajv as Ajv
  const loaded = (await import('ajv/dist/2020.js')) as Ajv & { readonly default?: Ajv }
  return (ajv = 'Ajv2020' in loaded ? loaded : (loaded as { default: Ajv }).default)
}

/** The module `ajv/dist/2020.js`. */
type Ajv = typeof AjvModule
/** An instance of Ajv. */
export type Instance = InstanceType<Ajv['Ajv2020']>

/** What validators are made for. */
type Purpose =
  /** To tell whether a value fits. */
  | 'verdict'
  /** To tell all that is wrong; errors name the schema object, which leads back to its line in the document. */
  | 'explanation'
  /** To be written as a module that tells all that is wrong; `verbose` ones say what the branches of a choice ask for. */
  | 'module'
  | 'verbose module'

/** Ajv takes what makes expressions; the code is what calls it in a module of its own. */
const readPattern = Object.assign(
  (text: string) => Object.assign(Object.create(patternOf(text)) as object, { toString: () => text }),
  { code: 'patternOf' },
)

/**
 * Returns an instance of Ajv over the schemas of a store, which may grow. Decimals are compared as they are written, where Ajv divides in
 * floating point; patterns are those of `pattern/`, formats those of `formats.ts`.
 */
export function instanceOf({ Ajv2020, _ }: Ajv, store: Store, purpose: Purpose): Instance {
  const ajv = new Ajv2020({
    strict: false,
    // Stopping at the first error is no faster, and loses `contains` beside `prefixItems`.
    allErrors: true,
    verbose: purpose === 'explanation' || purpose === 'verbose module',
    ownProperties: store.needs.own,
    formats,
    logger: false,
    messages: false,
    // Schemas have been read already (spec/keywords.ts).
    meta: false,
    validateSchema: false,
    code: {
      regExp: readPattern as never,
      optimize: 2,
      ...(purpose.endsWith('module') && { source: true, formats: _`formats` }),
    },
    // A function for each schema that is referred to: engines make short ones fast.
    inlineRefs: false,
  })
  // Its notes of what was looked at may crash where they are not asked for, and are long.
  ajv.opts.unevaluated = store.needs.unevaluated
  ajv.removeKeyword('multipleOf')
  ajv.addKeyword({
    keyword: 'multipleOf',
    type: 'number',
    schemaType: 'number',
    error: { message: 'is no multiple', params: ({ schemaCode }) => _`{multipleOf: ${schemaCode}}` },
    code(context) {
      const test = context.gen.scopeValue('func', { ref: isMultiple, code: _`isMultiple` })
      context.fail(_`!${test}(${context.schemaCode}, ${context.data})`)
    },
  })
  ajv.addSchema(store.root)
  return ajv
}

/**
 * What becomes of fields that a schema does not list: what the schema itself says; `strict` takes them for violations unless the
 * schema opens itself in so many words; `lenient` lets them pass even where the schema forbids them.
 */
export type Mode = 'documented' | 'strict' | 'lenient'
