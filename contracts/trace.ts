import { join } from '../spec/index.ts'
import type { Document, Pointer } from '../spec/index.ts'
import type { Conformance } from './conformance.ts'
import { guess, learn } from './drift/guess.ts'
import type { Guess } from './drift/guess.ts'
import { stricter } from './drift/stricter.ts'
import type { Layer } from './trace/site.ts'
import { typeOf, walkerOf } from './trace/walk.ts'
import type { Path, Walker } from './trace/walk.ts'

/** Where something was seen first. */
export interface Example {
  /** `GET /v1/invoices?limit=5`; credentials are masked. */
  readonly request: string
  /** In the body. */
  readonly pointer: Pointer
}

/** How often something was seen, and where first. */
interface Tally {
  count: number
  readonly example: Example
}

/** What was seen of the values under one schema. */
export interface Sight {
  readonly layer: Layer
  seen: number
  readonly example: Example
  /** By JSON type. */
  readonly types: Map<string, Tally>
  /** Formats that every text had, where nothing says what the texts look like. */
  formats?: readonly string[]
  /** Words of an enum that came, as JSON; also those it lacks. */
  readonly words: Map<string, Tally>
  /** Nulls that came where this place allows none. */
  nulls?: Tally
  /** Properties that are documented nowhere. */
  readonly strangers: Map<string, Tally & { readonly guess: Guess }>
}

/** Everything that came in answers, by the schema it belongs to. */
export interface Trace {
  readonly sights: ReadonlyMap<Pointer, Sight>
  readonly walker: Walker
  /** Takes note of a body. */
  read(schema: Pointer, body: unknown, request: string): void
}

/** A dictionary that is documented as an object would fill memory. */
const most = 200

/** Returns a trace in which nothing has been seen. */
export function openTrace(document: Document, { fits }: Pick<Conformance, 'fits'>): Trace {
  const sights = new Map<Pointer, Sight>()
  const walker = walkerOf(document, fits)

  function read(schema: Pointer, body: unknown, request: string): void {
    const exampleAt = (path: Path): Example => ({ request, pointer: join('', ...path) })
    const sightOf = (layer: Layer, path: Path): Sight => {
      const known = sights.get(layer.pointer)
      if (known) return known
      const made: Sight = {
        layer,
        seen: 0,
        example: exampleAt(path),
        types: new Map(),
        words: new Map(),
        strangers: new Map(),
      }
      sights.set(layer.pointer, made)
      return made
    }
    walker.walk(schema, body, {
      value(layers, value, path, starts) {
        const type = typeOf(value)
        for (const layer of layers) {
          const sight = sightOf(layer, path)
          sight.seen++
          const tally = sight.types.get(type)
          // Bodies have a great many values: functions and examples are made for the first of a sort only.
          if (tally) tally.count++
          else sight.types.set(type, { count: 1, example: exampleAt(path) })
          if (Array.isArray(layer.schema.enum) && value !== null)
            count(sight.words, JSON.stringify(value), () => exampleAt(path))
        }
        if (value === null) for (const start of starts) noteNull(sights.get(start), () => exampleAt(path))
        const plain = typeof value === 'string' ? plainText(layers) : undefined
        const sight = plain && sights.get(plain.pointer)
        if (sight) sight.formats = stricter(value as string, sight.formats)
      },
      stranger(owner, name, value, path) {
        const { strangers } = sightOf(owner, path.slice(0, -1))
        const known = strangers.get(name) ?? { count: 0, example: exampleAt(path), guess: guess() }
        if (strangers.size < most) strangers.set(name, known)
        known.count++
        learn(known.guess, value)
      },
    })
  }

  function noteNull(sight: Sight | undefined, example: () => Example): void {
    if (!sight || (!sight.nulls && fits(sight.layer.pointer, null))) return
    sight.nulls ??= { count: 0, example: example() }
    sight.nulls.count++
  }

  return { sights, walker, read }
}

function count(tallies: Map<string, Tally>, key: string, example: () => Example): void {
  const known = tallies.get(key)
  if (known) known.count++
  else if (tallies.size < most) tallies.set(key, { count: 1, example: example() })
}

/** Returns the schema that says a value is a text, where none says what sort of text. */
const plainText = (layers: readonly Layer[]): Layer | undefined =>
  layers.some(({ text }) => text === 'told') ? undefined : layers.findLast(({ text }) => text === 'plain')
