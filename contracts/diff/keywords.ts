// Compares the keywords of two schemas that hold schemas, and those that nobody here knows.

import { isObject, join } from '../../spec/index.ts'
import type { Pointer } from '../../spec/index.ts'
import { canonical } from '../replay.ts'
import { opposite } from './change.ts'
import type { TravelDirection } from './change.ts'
import type { SchemaComparison } from './comparison.ts'
import type { FlatSchema } from './flat-schema.ts'

/** Keywords that hold one schema, each for what it applies to; one that appears narrows. */
const single: Readonly<Record<string, string>> = {
  items: '/*',
  additionalProperties: '/{other}',
  unevaluatedProperties: '/{other}',
  unevaluatedItems: '/{other items}',
  contains: '/{one item}',
  propertyNames: '/{name}',
  then: '',
  else: '',
  contentSchema: '/{content}',
}
/** Keywords that hold schemas by name or position. */
const several: Readonly<Record<string, (name: string) => string>> = {
  patternProperties: (name) => `/{${name}}`,
  dependentSchemas: (name) => `{with ${name}}`,
  prefixItems: (name) => `/${name}`,
}
/** Keywords that other parts of the comparison know, and those that say nothing about values. */
const known = new Set([
  ...Object.keys(single),
  ...Object.keys(several),
  ...`$ref type enum const format pattern default properties required allOf anyOf oneOf minimum maximum exclusiveMinimum
  exclusiveMaximum minLength maxLength minItems maxItems minProperties maxProperties minContains maxContains multipleOf uniqueItems
  readOnly writeOnly contentEncoding contentMediaType deprecated dependentRequired discriminator not title description example examples
  $comment externalDocs $id $anchor $schema $dynamicAnchor $vocabulary $defs definitions`.split(/\s+/),
])

/** Notes what differs in keywords that hold schemas, in what depends on other properties, and in what nobody here understands. */
export function compareKeywords(comparison: SchemaComparison): void {
  for (const [keyword, what] of Object.entries(single)) compareSingle(comparison, keyword, what)
  for (const [keyword, what] of Object.entries(several)) compareSeveral(comparison, keyword, what)
  compareNegations(comparison)
  compareDependents(comparison)
  compareDiscriminators(comparison)
  compareUnknown(comparison)
}

/** Compares the schemas under a keyword of both sides. */
function descendInto(
  { old, now, pair, descend }: SchemaComparison,
  keyword: string,
  { rest = '', what, direction = pair.direction }: { rest?: string; what: string; direction?: TravelDirection },
): void {
  const [before, after] = [old, now].map(({ places }) => (places.get(keyword) ?? '') + rest) as [Pointer, Pointer]
  descend({ old: before, now: after, direction, what: pair.what + what })
}

function compareSingle(comparison: SchemaComparison, keyword: string, what: string): void {
  const [before, after] = [comparison.old.own[keyword], comparison.now.own[keyword]]
  const [had, has] = [isTelling(before), isTelling(after)]
  const code = kebab(keyword)
  if (had && has) return descendInto(comparison, keyword, { what })
  if (had !== has && before !== false && after !== false)
    return comparison.change(
      has,
      code,
      has ? `now says what ${keyword} must be` : `says no longer what ${keyword} must be`,
    )
  // Of properties, the comparison of properties tells.
  const isAboutItems = keyword === 'unevaluatedItems' || keyword === 'items'
  if (isAboutItems && (before === false) !== (after === false))
    comparison.change(after === false, code, after === false ? 'allows no more items' : 'may have more items')
}

function compareSeveral(comparison: SchemaComparison, keyword: string, what: (name: string) => string): void {
  const [before, after] = [keysOf(comparison.old.own[keyword]), keysOf(comparison.now.own[keyword])]
  for (const name of new Set([...before, ...after])) {
    const isThere = after.includes(name)
    if (isThere && before.includes(name)) descendInto(comparison, keyword, { rest: join('', name), what: what(name) })
    else comparison.change(isThere, kebab(keyword), `${isThere ? 'has' : 'no longer has'} ${keyword} ${name}`)
  }
}

/** What must not fit: there a wider schema is a narrower one. */
function compareNegations(comparison: SchemaComparison): void {
  const [before, after] = [comparison.old.own.not, comparison.now.own.not]
  if (before !== undefined && after !== undefined)
    descendInto(comparison, 'not', { what: '{not}', direction: opposite(comparison.pair.direction) })
  else if (before !== after)
    comparison.change(
      after !== undefined,
      'not',
      after === undefined ? 'may now be what it must not be before' : 'must now not be something',
    )
}

function compareUnknown(comparison: SchemaComparison): void {
  const [{ own: before }, { own: after }] = [comparison.old, comparison.now]
  for (const keyword of new Set([...Object.keys(before), ...Object.keys(after)]))
    if (!known.has(keyword) && !keyword.startsWith('x-') && !isSame(before[keyword], after[keyword]))
      comparison.note('risky', 'not-compared', ` has another ${keyword}: changed, not compared`)
}

/** Tells whether a subschema forbids anything. */
const isTelling = (schema: unknown): boolean => isObject(schema) && Object.keys(schema).length > 0

const keysOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.map((_, index) => String(index)) : isObject(value) ? Object.keys(value) : []

const kebab = (keyword: string): string => keyword.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** Tells whether two values are the same JSON, in whatever order their members stand. */
export const isSame = (left: unknown, right: unknown): boolean => canonical(left) === canonical(right)

function compareDependents(comparison: SchemaComparison): void {
  const asks = ({ own: { dependentRequired: stated } }: FlatSchema): string[] =>
    Object.entries(isObject(stated) ? stated : {}).flatMap(([name, wanted]) =>
      Array.isArray(wanted) ? wanted.map((other) => `${String(other)} with ${name}`) : [],
    )
  const [before, after] = [asks(comparison.old), asks(comparison.now)]
  for (const wanted of after)
    if (!before.includes(wanted)) comparison.change(true, 'dependent-required', `now needs ${wanted}`)
  for (const wanted of before)
    if (!after.includes(wanted)) comparison.change(false, 'dependent-required', `no longer needs ${wanted}`)
}

function compareDiscriminators(comparison: SchemaComparison): void {
  const [before, after] = [comparison.old.own.discriminator, comparison.now.own.discriminator].map((stated) =>
    isObject(stated) ? stated : {},
  ) as [Record<string, unknown>, Record<string, unknown>]
  if (before.propertyName !== after.propertyName) {
    for (const isNarrower of [true, false])
      comparison.change(
        isNarrower,
        'discriminator',
        `is told apart by ${String(after.propertyName ?? 'nothing')}, was by ${String(before.propertyName ?? 'nothing')}`,
        'breaking',
      )
    return
  }
  if (before.defaultMapping !== after.defaultMapping)
    comparison.note(
      'risky',
      'discriminator',
      ` takes ${String(after.defaultMapping ?? 'nothing')} where nothing tells it apart, was ${String(before.defaultMapping ?? 'nothing')}`,
    )
  const [words, nowWords] = [before.mapping, after.mapping].map((mapping) => (isObject(mapping) ? mapping : {})) as [
    Record<string, unknown>,
    Record<string, unknown>,
  ]
  for (const word of new Set([...Object.keys(words), ...Object.keys(nowWords)])) {
    if (words[word] === nowWords[word]) continue
    if (nowWords[word] !== undefined)
      comparison.change(false, 'discriminator', `"${word}" now means ${String(nowWords[word])}`)
    if (words[word] !== undefined)
      comparison.change(true, 'discriminator', `"${word}" no longer means ${String(words[word])}`)
  }
}
