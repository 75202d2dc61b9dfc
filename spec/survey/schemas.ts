import { isObject, targetOf } from '../document.ts'
import type { Document } from '../document.ts'
import type { Fault } from '../fault.ts'
import { complaintAbout, isSchema, subschemas } from '../keywords.ts'
import { patternOf } from '../pattern/pattern.ts'
import { at, join } from '../pointer.ts'
import type { Pointer } from '../pointer.ts'
import { findEndless } from './endless.ts'
import type { Notes } from './notes.ts'
import { goingWith, isDelicate } from './relax.ts'

/** A schema that something refers to, with all that stands inside it. */
export interface Unit {
  /** Units it refers to. */
  readonly refers: Set<Pointer>
  /** References that apply to the same value as the unit itself: where they stand, and what they point at. */
  readonly beside: Map<Pointer, Pointer>
  /** Where it has faults. */
  readonly faults: Set<Pointer>
}

/** Reads schemas, and notes their faults. */
export interface SchemaSurvey {
  /** Reads the schema at a pointer, and every one it refers to. */
  read(pointer: Pointer): void
  /** Notes what is seen only when all schemas have been read. */
  close(): void
  /** Tells whether a schema that was read, or one that it refers to, has faults that keep values from being read; once all have been read. */
  isTainted(pointer: Pointer): boolean
  /** Returns the faults of a schema that was read, and of all that it refers to. */
  below(pointer: Pointer): readonly Fault[]
}

/** Returns a survey of the schemas of a document. What is at fault is taken out, keyword by keyword: the rest of a schema holds. */
export function surveySchemas(document: Document, notes: Notes): SchemaSurvey {
  const units = new Map<Pointer, Unit>()
  /** Schemas that must become wider where something in them cannot be read. */
  const delicate = new Set<Pointer>()
  /** Faults that take nothing away but a check: without its pattern, a value is read as well. */
  const slight = new Set<Pointer>()
  let tainted: ReadonlySet<Pointer> = new Set()

  function read(start: Pointer): void {
    const waiting = new Set([start])
    for (const pointer of waiting) {
      if (units.has(pointer)) continue
      const unit: Unit = { refers: new Set(), beside: new Map(), faults: new Set() }
      units.set(pointer, unit)
      readUnit(unit, pointer)
      for (const target of unit.refers) waiting.add(target)
    }
  }

  function readUnit(unit: Unit, start: Pointer): void {
    const open: [pointer: Pointer, schema: unknown, isBeside: boolean][] = [[start, at(document, start), true]]
    const add: Notes['add'] = (pointer, wrong, cut) => {
      unit.faults.add(pointer)
      notes.add(pointer, wrong, cut)
    }
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [pointer, schema, isBeside] = next
      if (!isSchema(schema))
        add(pointer, { expected: 'a schema', received: JSON.stringify(schema) ?? 'nothing' }, { by: {} })
      if (!isObject(schema)) continue
      if (isDelicate(schema) && pointer !== start) {
        // A unit of its own, so that what it refers to is known.
        delicate.add(pointer)
        unit.refers.add(pointer)
      } else if (isDelicate(schema)) delicate.add(pointer)
      for (const [keyword, value] of Object.entries(schema))
        readKeyword(unit, { pointer, keyword, value, isBeside }, add)
      for (const { path, schema: inner } of subschemas(schema).reverse())
        open.push([pointer + path, inner, isBeside && besides.has(path.split('/')[1] as string)])
    }
  }

  function readKeyword(
    unit: Unit,
    { pointer, keyword, value, isBeside }: { pointer: Pointer; keyword: string; value: unknown; isBeside: boolean },
    add: Notes['add'],
  ): void {
    const here = join(pointer, keyword)
    const wrong = isContainer(keyword, value) ? undefined : complaintAbout(keyword, value)
    if (wrong) {
      add(here, wrong)
      for (const other of goingWith(keyword)) notes.cut(join(pointer, other))
    } else if (keyword === '$ref' || keyword === '$dynamicRef')
      refer(unit, { pointer, keyword, reference: value as string, isBeside }, add)
    else if (keyword === 'pattern') readPattern(value as string, here, add)
    else if (keyword === 'patternProperties') readPatterns(pointer, value as object, add)
    if (keyword === 'discriminator' && isObject(value) && isObject(value.mapping))
      readMapping(unit, value.mapping, join(here, 'mapping'), add)
  }

  function refer(
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
    const target = targetOf(document, reference, pointer)
    if (typeof target !== 'string')
      return add(here, target.cure === undefined ? target : { ...target, received: JSON.stringify(reference) })
    if (isElse(target) || !isSchema(at(document, target)))
      return add(here, { expected: `a schema at ${target || 'the root'}`, received: 'something else' })
    unit.refers.add(target)
    if (isBeside) unit.beside.set(pointer, target)
  }

  /** A mapping names schemas by reference or by name (OpenAPI 3.1, Discriminator Object). */
  function readMapping(
    unit: Unit,
    mapping: Readonly<Record<string, unknown>>,
    pointer: Pointer,
    add: Notes['add'],
  ): void {
    for (const [word, name] of Object.entries(mapping)) {
      const own = join('/components/schemas', String(name))
      const target = isSchema(at(document, own)) ? own : targetOf(document, String(name), pointer)
      if (typeof target === 'string' && !isElse(target) && isSchema(at(document, target))) unit.refers.add(target)
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
  function readPattern(text: string, pointer: Pointer, add: Notes['add']): boolean {
    const { fault } = patternOf(text)
    if (fault === undefined) return false
    slight.add(pointer)
    add(pointer, fault)
    return true
  }

  function readPatterns(pointer: Pointer, patterns: object, add: Notes['add']): void {
    for (const source of Object.keys(patterns)) {
      if (!readPattern(source, join(pointer, 'patternProperties', source), add)) continue
      for (const other of goingWith('patternProperties')) notes.cut(join(pointer, other))
    }
  }

  function close(): void {
    for (const { unit, pointer, wrong } of findEndless(units)) {
      unit.faults.add(join(pointer, '$ref'))
      notes.add(join(pointer, '$ref'), wrong)
    }
    tainted = taintedOf(units, slight)
    const wider = taintedOf(units)
    for (const pointer of delicate) if (wider.has(pointer)) notes.relaxed.add(pointer)
  }

  function below(start: Pointer): readonly Fault[] {
    const seen = new Set([start])
    for (const pointer of seen) for (const target of units.get(pointer)?.refers ?? []) seen.add(target)
    const found = new Set([...seen].flatMap((pointer) => [...(units.get(pointer)?.faults ?? [])]))
    return [...found].flatMap((pointer) => notes.faults.get(pointer) ?? [])
  }

  return { read, close, below, isTainted: (pointer) => tainted.has(pointer) }
}

/** Returns the units that have faults, or refer to one that has. */
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
    [...units].filter(([, { faults }]) => [...faults].some((fault) => !slight.has(fault))).map(([pointer]) => pointer),
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
