// The schema engine: verdicts of Ajv on values of a document.

import type * as AjvModule from 'ajv/dist/2020.js'
import type { ValidateFunction } from 'ajv/dist/2020.js'
import { mayCompile } from '../code.ts'
import type { Document } from '../document.ts'
import { failure } from '../failure.ts'
import { TooMuchEffort, withinEffort } from '../pattern/effort.ts'
import { patternOf } from '../pattern/pattern.ts'
import type { Pointer } from '../pointer.ts'
import { formats } from './formats.ts'
import { issuesOf } from './issue.ts'
import type { Issue } from './issue.ts'
import { precompiledFor } from './precompiled.ts'
import type { PrecompiledValidators, Validate } from './precompiled.ts'
import { addKeywords } from './ajv-keywords.ts'
import { storeOf } from './translate.ts'
import type { Direction, Store, StoreOptions } from './translate.ts'

/** The verdict on values of one schema. */
interface Check {
  /** Tells whether values can be judged at once: in Node, and where their validator was written ahead of time. */
  isReady(): boolean
  /** Tells whether a value fits. @throws Failure for a schema that Ajv cannot compile; TooMuchEffort for a value that takes too long. */
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

const makeEngine = (document: Document, manner: StoreOptions): Engine => {
  const checks = new Map<Pointer, Check>()
  const compiler = new Compiler(storeOf(document, manner))
  const ahead =
    manner.mode === 'documented' && manner.direction ? precompiledFor(document)?.[manner.direction] : undefined
  return {
    at(pointer) {
      const check = checks.get(pointer) ?? new SchemaCheck(pointer, compiler, ahead?.[pointer])
      checks.set(pointer, check)
      return check
    },
    asked: () => [...checks.keys()],
  }
}

/** Compiles the schemas of a store, each when it is first asked for. */
class Compiler {
  readonly store: Store
  readonly #instances = new Map<Purpose, Instance>()
  #needs = ''

  constructor(store: Store) {
    this.store = store
  }

  /** Returns the validator of a schema; `undefined` where no code may be made. One instance for all schemas; another only where a later one needs more. */
  compile(pointer: Pointer, purpose: Purpose): Validate | undefined {
    const { store } = this
    const reference = store.take(pointer)
    const ajv = ajvHere()
    if (!ajv || !mayCompile()) return warn()
    const needs = JSON.stringify(store.needs)
    if (this.#needs !== needs) this.#instances.clear()
    this.#needs = needs
    const instance = this.#instances.get(purpose) ?? instanceOf(ajv, store, purpose)
    this.#instances.set(purpose, instance)
    try {
      return instance.getSchema(reference) as ValidateFunction
    } catch (error) {
      throw failure(`compile the schema at ${pointer}`, {
        expected: 'JSON Schema 2020-12',
        received: (error as Error).message,
      })
    }
  }
}

/** The verdict on values of one schema: code without explanations, and with them from the first value on that does not fit. */
class SchemaCheck implements Check {
  readonly #pointer: Pointer
  readonly #compiler: Compiler
  #verdict: Validate | undefined
  #explanation: Validate | undefined
  #isMissing = false

  /** @param known its validator, where that was written ahead of time */
  constructor(pointer: Pointer, compiler: Compiler, known: Validate | undefined) {
    this.#pointer = pointer
    this.#compiler = compiler
    this.#verdict = known
    this.#explanation = known
  }

  readonly isReady = (): boolean => this.#verdict !== undefined || (ajvHere() !== undefined && mayCompile())

  readonly accepts = (value: unknown): boolean => {
    if (!this.#verdict && !this.#isMissing)
      this.#isMissing = !(this.#verdict = this.#compiler.compile(this.#pointer, 'verdict'))
    return !this.#verdict || this.#judge(this.#verdict, value)
  }

  readonly errors = (value: unknown): readonly Issue[] => {
    if (this.accepts(value)) return none
    this.#explanation ??= this.#compiler.compile(this.#pointer, 'explanation')
    return this.#explanation && !this.#judge(this.#explanation, value)
      ? issuesOf(this.#explanation.errors ?? [], this.#compiler.store.home)
      : none
  }

  /** Ajv loses its way in a few values of schemas that count what others have looked at. */
  #judge(validate: Validate, value: unknown): boolean {
    try {
      return withinEffort(() => validate(value))
    } catch (error) {
      if (error instanceof TooMuchEffort) throw error
      throw failure(`judge a value by the schema at ${this.#pointer}`, {
        expected: 'a verdict of Ajv',
        received: (error as Error).message,
      })
    }
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
 * Returns an instance of Ajv over the schemas of a store, which may grow. Patterns are those of `pattern/`, formats those of `formats.ts`, and
 * a few keywords those of `ajv-keywords.ts`.
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
  addKeywords(ajv, _)
  ajv.addSchema(store.root)
  return ajv
}

/**
 * What becomes of fields that a schema does not list: what the schema itself says; `strict` takes them for violations unless the
 * schema opens itself in so many words; `lenient` lets them pass even where the schema forbids them.
 */
export type Mode = 'documented' | 'strict' | 'lenient'
