import type { ValidateFunction } from 'ajv/dist/2020.js'
import { mayCompile } from '../code.ts'
import type { Document } from '../document.ts'
import { failure } from '../failure.ts'
import type { Pointer } from '../pointer.ts'
import { ajvHere, loadAjv, loadsAtOnce } from './ajv.ts'
import { instanceOf } from './dialect.ts'
import type { Instance, Purpose } from './dialect.ts'
import type { Direction } from './direction.ts'
import { issuesOf } from './issue.ts'
import type { Issue } from './issue.ts'
import type { Mode } from './mode.ts'
import { storeOf } from './translate.ts'
import type { Manner } from './translate.ts'
import { writtenFor } from './written.ts'
import type { Validate, Written } from './written.ts'

/** The verdict on values of one schema. */
export interface Check {
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

const engines = new WeakMap<Document, { readonly written: Written | undefined; readonly known: Map<string, Engine> }>()

/** Resolves when values of a document can be judged at once; only a page without validators for it has to wait, for Ajv. */
export async function engineFor(document: Document): Promise<void> {
  if (!writtenFor(document) && !loadsAtOnce() && mayCompile()) await loadAjv()
}

/** Returns the engine of a document; made once for each manner. */
export function engineOf(
  document: Document,
  { direction, mode = 'documented' }: { direction?: Direction; mode?: Mode },
): Engine {
  const written = writtenFor(document)
  const before = engines.get(document)
  const known = before?.written === written && before ? before.known : new Map<string, Engine>()
  engines.set(document, { written, known })
  const key = `${direction ?? ''} ${mode}`
  const engine = known.get(key) ?? makeEngine(document, { mode, ...(direction && { direction }) })
  known.set(key, engine)
  return engine
}

function makeEngine(document: Document, manner: Manner): Engine {
  const store = storeOf(document, manner)
  const ahead = manner.mode === 'documented' && manner.direction ? writtenFor(document)?.[manner.direction] : undefined
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
