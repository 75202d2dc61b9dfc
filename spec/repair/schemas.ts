// Finds mistakes in schemas: dangling and endless references, malformed keywords, unreadable patterns.

import { isObject, referenceTarget } from '../document.ts'
import type { Document } from '../document.ts'
import type { Diagnostic, FailureParts } from '../failure.ts'
import { complaintAbout, isSchema, subschemas } from '../keywords.ts'
import { patternOf } from '../pattern/pattern.ts'
import { atPointer, join } from '../pointer.ts'
import type { Pointer } from '../pointer.ts'
import type { Notes } from './repair.ts'

/** A schema that something refers to, with all that stands inside it. */
interface Unit {
  /** Units it refers to. */
  readonly refers: Set<Pointer>
  /** References that apply to the same value as the unit itself: where they stand, and what they point at. */
  readonly beside: Map<Pointer, Pointer>
  /** Where something in it is wrong. */
  readonly diagnostics: Set<Pointer>
}

/**
 * Reads the schemas of a document and notes their diagnostics. What is wrong is taken out keyword by keyword: the rest of a schema holds.
 * Read all schemas, then call {@link close}, then ask.
 */
export class SchemaRepair {
  private readonly document: Document
  private readonly notes: Notes

  private readonly units = new Map<Pointer, Unit>()

  /** Schemas that must become wider where something in them cannot be read. */
  private readonly delicate = new Set<Pointer>()

  /** Mistakes that take nothing away but a check: without its pattern, a value is read as well. */
  private readonly slight = new Set<Pointer>()

  private tainted: ReadonlySet<Pointer> = new Set()

  constructor(document: Document, notes: Notes) {
    this.document = document
    this.notes = notes
  }

  /** Reads the schema at a pointer, and every one it refers to. */
  read(start: Pointer): void {
    const waiting = new Set([start])
    for (const pointer of waiting) {
      if (this.units.has(pointer)) continue
      const unit: Unit = { refers: new Set(), beside: new Map(), diagnostics: new Set() }
      this.units.set(pointer, unit)
      this.readUnit(unit, pointer)
      for (const target of unit.refers) waiting.add(target)
    }
  }

  private readUnit(unit: Unit, start: Pointer): void {
    const open: [pointer: Pointer, schema: unknown, isBeside: boolean][] = [
      [start, atPointer(this.document, start), true],
    ]
    const add: Notes['add'] = (pointer, wrong, cut) => {
      unit.diagnostics.add(pointer)
      this.notes.add(pointer, wrong, cut)
    }
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [pointer, schema, isBeside] = next
      if (!isSchema(schema))
        add(pointer, { expected: 'a schema', received: JSON.stringify(schema) ?? 'nothing' }, { by: {} })
      if (!isObject(schema)) continue
      if (isDelicate(schema) && pointer !== start) {
        // A unit of its own, so that what it refers to is known.
        this.delicate.add(pointer)
        unit.refers.add(pointer)
      } else if (isDelicate(schema)) this.delicate.add(pointer)
      for (const [keyword, value] of Object.entries(schema))
        this.readKeyword(unit, { pointer, keyword, value, isBeside }, add)
      for (const { path, schema: inner } of subschemas(schema).reverse())
        open.push([pointer + path, inner, isBeside && besides.has(path.split('/')[1] as string)])
    }
  }

  private readKeyword(
    unit: Unit,
    { pointer, keyword, value, isBeside }: { pointer: Pointer; keyword: string; value: unknown; isBeside: boolean },
    add: Notes['add'],
  ): void {
    const here = join(pointer, keyword)
    const wrong = isContainer(keyword, value) ? undefined : complaintAbout(keyword, value)
    if (wrong) {
      add(here, wrong)
      for (const other of goingWith(keyword)) this.notes.cut(join(pointer, other))
    } else if (keyword === '$ref' || keyword === '$dynamicRef')
      this.refer(unit, { pointer, keyword, reference: value as string, isBeside }, add)
    else if (keyword === 'pattern') this.readPattern(value as string, here, add)
    else if (keyword === 'patternProperties') this.readPatterns(pointer, value as object, add)
    if (keyword === 'discriminator' && isObject(value) && isObject(value.mapping))
      this.readMapping(unit, value.mapping, join(here, 'mapping'), add)
  }

  private refer(
    unit: Unit,
    {
      pointer,
      keyword,
      reference,
      isBeside,
    }: { pointer: Pointer; keyword: string; reference: string; isBeside: boolean },
    add: Notes['add'],
  ): void {
    const here = join(pointer, keyword)
    const target = referenceTarget(this.document, reference, pointer)
    if (typeof target !== 'string')
      return add(here, target.cure === undefined ? target : { ...target, received: JSON.stringify(reference) })
    if (isElse(target) || !isSchema(atPointer(this.document, target)))
      return add(here, { expected: `a schema at ${target || 'the root'}`, received: 'something else' })
    unit.refers.add(target)
    if (isBeside) unit.beside.set(pointer, target)
  }

  /** A mapping names schemas by reference or by name (OpenAPI 3.1, Discriminator Object). */
  private readMapping(
    unit: Unit,
    mapping: Readonly<Record<string, unknown>>,
    pointer: Pointer,
    add: Notes['add'],
  ): void {
    for (const [word, name] of Object.entries(mapping)) {
      const own = join('/components/schemas', String(name))
      const target = isSchema(atPointer(this.document, own))
        ? own
        : referenceTarget(this.document, String(name), pointer)
      if (typeof target === 'string' && !isElse(target) && isSchema(atPointer(this.document, target)))
        unit.refers.add(target)
      // Without it, a word would be refused that the document knows.
      else
        add(
          join(pointer, word),
          { expected: 'a schema of the document', received: JSON.stringify(name) },
          { at: pointer.slice(0, pointer.lastIndexOf('/')) },
        )
    }
  }

  /** Notes a pattern that cannot be used, and tells whether it is one. */
  private readPattern(text: string, pointer: Pointer, add: Notes['add']): boolean {
    const { fault } = patternOf(text)
    if (fault === undefined) return false
    this.slight.add(pointer)
    add(pointer, fault)
    return true
  }

  private readPatterns(pointer: Pointer, patterns: object, add: Notes['add']): void {
    for (const source of Object.keys(patterns)) {
      if (!this.readPattern(source, join(pointer, 'patternProperties', source), add)) continue
      for (const other of goingWith('patternProperties')) this.notes.cut(join(pointer, other))
    }
  }

  /** Notes what is seen only when all schemas have been read: references without an end, schemas that must become wider. */
  close(): void {
    for (const { unit, pointer, wrong } of findEndless(this.units)) {
      unit.diagnostics.add(join(pointer, '$ref'))
      this.notes.add(join(pointer, '$ref'), wrong)
    }
    this.tainted = taintedOf(this.units, this.slight)
    const wider = taintedOf(this.units)
    for (const pointer of this.delicate) if (wider.has(pointer)) this.notes.relaxed.add(pointer)
  }

  /** Returns the diagnostics of a schema that was read, and of all that it refers to. */
  below(start: Pointer): readonly Diagnostic[] {
    const seen = new Set([start])
    for (const pointer of seen) for (const target of this.units.get(pointer)?.refers ?? []) seen.add(target)
    const found = new Set([...seen].flatMap((pointer) => [...(this.units.get(pointer)?.diagnostics ?? [])]))
    return [...found].flatMap((pointer) => this.notes.diagnostics.get(pointer) ?? [])
  }

  /** Tells whether a schema, or one that it refers to, has diagnostics that keep values from being read. */
  isTainted(pointer: Pointer): boolean {
    return this.tainted.has(pointer)
  }
}

/** Returns the units with mistakes, or that refer to one that has. */
function taintedOf(units: ReadonlyMap<Pointer, Unit>, slight: ReadonlySet<Pointer> = new Set()): ReadonlySet<Pointer> {
  const referring = new Map<Pointer, Pointer[]>()
  for (const [pointer, { refers }] of units) {
    for (const target of refers) {
      const known = referring.get(target)
      if (known) known.push(pointer)
      else referring.set(target, [pointer])
    }
  }
  const found = new Set(
    [...units]
      .filter(([, { diagnostics }]) => [...diagnostics].some((fault) => !slight.has(fault)))
      .map(([pointer]) => pointer),
  )
  for (const pointer of found) for (const other of referring.get(pointer) ?? []) found.add(other)
  return found
}

/** Keywords whose schemas apply to the same value (JSON Schema 2020-12, 10.2). */
const besides = new Set(['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas'])

const lists = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems'])
const maps = new Set(['$defs', 'definitions', 'dependentSchemas', 'patternProperties', 'properties'])

/** What stands inside is read one by one. */
const isContainer = (keyword: string, value: unknown): boolean =>
  lists.has(keyword) ? Array.isArray(value) : maps.has(keyword) && isObject(value)

/** Tells whether OpenAPI 3.1 has something else than a schema at a place; what a document adds to it may hold schemas. */
const isElse = (pointer: Pointer): boolean => parts.test(pointer) && !schemas.test(pointer)
const parts =
  /^(?:$|\/(?:openapi|info|jsonSchemaDialect|servers|paths|webhooks|components|security|tags|externalDocs)(?:\/|$))/
const schemas = /^\/components\/schemas\/|\/schema(?:\/|$)/

/** A reference that has no end, or one too far away. */
interface Endless {
  readonly unit: Unit
  /** Where the schema with the reference stands. */
  readonly pointer: Pointer
  readonly wrong: FailureParts
}

/** References that may follow each other; a stack does not hold many more. */
const longest = 200

/**
 * Returns the references by which schemas come back to themselves while they look at one and the same value, so that no validator
 * would end, and those that are followed by too many others. Without these, all end soon.
 */
function findEndless(units: ReadonlyMap<Pointer, Unit>): readonly Endless[] {
  const found: Endless[] = []
  const lengths = new Map<Pointer, number>()
  const open = new Set<Pointer>()
  for (const start of units.keys()) {
    // A path of its own, not of calls: a hostile chain of references is longer than any stack.
    const path = lengths.has(start) ? [] : [enter(units, start, open)]
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const reference = step.references[step.next]
      if (!reference) {
        open.delete(step.at)
        lengths.set(step.at, step.length)
        path.pop()
        continue
      }
      const [pointer, target] = reference
      const length = lengths.get(target)
      // What it points at is looked at first; then it has its turn again.
      if (length === undefined && !open.has(target)) {
        path.push(enter(units, target, open))
        continue
      }
      step.next++
      if (length === undefined) found.push({ unit: step.unit, pointer, wrong: circle })
      else if (length >= longest) found.push({ unit: step.unit, pointer, wrong: chain })
      else step.length = Math.max(step.length, length + 1)
    }
  }
  return found
}

const circle: FailureParts = { expected: 'an end', received: 'a circle that comes back without a step into the value' }
const chain: FailureParts = { expected: `an end after at most ${longest} references`, received: 'more' }

interface Step {
  readonly at: Pointer
  readonly unit: Unit
  readonly references: readonly (readonly [pointer: Pointer, target: Pointer])[]
  next: number
  /** References that follow each other from here. */
  length: number
}

function enter(units: ReadonlyMap<Pointer, Unit>, at: Pointer, open: Set<Pointer>): Step {
  open.add(at)
  const unit = units.get(at) as Unit
  return { at, unit, references: [...unit.beside], next: 0, length: 0 }
}

/** Keywords that forbid more once another is taken out: they have to go with it. */
const dependents: Readonly<Record<string, readonly string[]>> = {
  properties: ['additionalProperties'],
  patternProperties: ['additionalProperties'],
  prefixItems: ['items'],
  contains: ['minContains', 'maxContains'],
  minContains: ['contains', 'maxContains'],
  if: ['then', 'else'],
}

/** Keywords of which a schema that says less forbids more. */
const inverse = ['not', 'if', 'oneOf', 'unevaluatedProperties', 'unevaluatedItems']

/** Tells whether a schema has keywords that have to go where what they look at cannot be read. */
const isDelicate = (schema: Readonly<Record<string, unknown>>): boolean =>
  inverse.some((keyword) => schema[keyword] !== undefined)

/** Returns the keywords that have to go with one that goes. */
const goingWith = (keyword: string): readonly string[] =>
  Object.hasOwn(dependents, keyword) ? (dependents[keyword] ?? []) : []

/**
 * Changes a schema in a document of which something that it looks at has become wider, so that it becomes no narrower: one of
 * several becomes any of them, and what must not hold, decides, or counts what is left over is left out.
 */
export function relax(document: unknown, pointer: Pointer): void {
  const schema = atPointer(document, pointer)
  if (!isObject(schema)) return
  if (Array.isArray(schema.oneOf) && schema.anyOf === undefined) schema.anyOf = schema.oneOf
  for (const keyword of [...inverse, 'then', 'else']) delete schema[keyword]
}
