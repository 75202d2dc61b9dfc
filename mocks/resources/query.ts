// Filters and orders that parameters ask for, by the names of properties.

import type { Item } from '../../factories/index.ts'
import { isObject, nounOf, readWords, valueAt, wordsOf } from '../../spec/index.ts'
import type { Binding, Model, Parameter, Resource, ResourceOperation, Shape } from '../../spec/index.ts'
import { orderOfValues, comparing, comparisons, containing } from './comparison.ts'
import type { Comparison, Test } from './comparison.ts'

/** What a request asks of a list beside its page. */
interface Query {
  readonly tests: readonly Test[]
  /** Tests by a required key of something that no resource lists, such as a location: where no item passes, they say nothing. */
  readonly scopes: readonly Test[]
  readonly order?: (left: Item, right: Item) => number
  /** States of which one is asked for, where the items are invoices of the books. */
  readonly states?: ReadonlySet<string>
  /** Names of the parameters that were stated and tell nothing of the items. */
  readonly ignored: readonly string[]
}

const searchWords = new Set(
  'q,query,search,search term,keyword,keywords,term,text,search query,searchterm,filter text'.split(','),
)
const sortWords = new Set(
  'sort,sort by,order by,orderby,sortby,sort field,sort column,sort key,ordering,order field,ordenar por,ordina per,sortieren nach,trier par,sorteren op'.split(
    ',',
  ),
)
const directionWords = new Set(
  'order,sort order,direction,sort direction,sort dir,dir,order direction,sortorder,sort type,asc,descending,ascending'.split(
    ',',
  ),
)
/** Words of a parameter's name that say nothing about the property it compares. */
const fillers = new Set('filter,filters,by,where,date,range,ids,list,value,or,equal,than,on,equals'.split(','))

/**
 * Reads the filters and the order that a request asks of a list, as far as its parameters name properties of the items.
 *
 * @param criteria what the body of a search asks for, by names of properties
 * @param areBooked whether the items are invoices of the books, which know their state better than a flag of the item tells
 */
export function queryOf(
  model: Model,
  resource: Resource,
  { operation, paging }: ResourceOperation,
  values: Readonly<Record<string, unknown>>,
  { criteria = {}, areBooked = false }: { criteria?: Readonly<Record<string, unknown>>; areBooked?: boolean } = {},
): Query {
  const ofPages = new Set(Object.values(paging?.parameters ?? {}).map(({ name }) => name))
  const parameters = operation.parameters.filter(({ in: place, name }) => place === 'query' && !ofPages.has(name))
  const reading = new QueryReading(model.shape(resource.schema), resource, areBooked)
  for (const parameter of parameters) reading.add(parameter, values[parameter.name])
  for (const [name, value] of Object.entries(criteria))
    if (value !== null && value !== '' && !ofPages.has(name)) reading.addCriterion(name, value)
  return reading.query()
}

/** What the parameters of one request ask for, as far as they have been read. */
class QueryReading {
  readonly #item: Shape
  readonly #resource: Resource
  readonly #areBooked: boolean
  readonly #properties: readonly Property[]
  readonly #tests: Test[] = []
  readonly #scopes: Test[] = []
  readonly #ignored: string[] = []
  #states: ReadonlySet<string> | undefined
  #sortBy: unknown
  #direction: unknown

  constructor(item: Shape, resource: Resource, areBooked: boolean) {
    this.#item = item
    this.#resource = resource
    this.#areBooked = areBooked
    this.#properties = propertiesOf(item)
  }

  /** Reads a parameter by its role, else by the words of its name. */
  add(parameter: Parameter, value: unknown): void {
    if (!this.#addByRole(parameter, value)) this.#addByName(parameter, value)
  }

  addCriterion(name: string, value: unknown): void {
    this.#tests.push(...testsFor({ name }, value, this.#properties, this.#resource))
  }

  query(): Query {
    const order = this.#sortBy === undefined ? undefined : orderOf(this.#sortBy, this.#direction, this.#properties)
    return {
      tests: this.#tests,
      scopes: this.#scopes,
      ignored: this.#ignored,
      ...(this.#states && { states: this.#states }),
      ...(order && { order }),
    }
  }

  #addByRole({ binding }: Parameter, value: unknown): boolean {
    if (!binding) return false
    const isStated = value !== undefined && value !== ''
    if (binding.role === 'sort.by') {
      if (value !== undefined) this.#sortBy = spelledBy(binding, value, this.#item)
      return true
    }
    if (binding.role === 'sort.order') {
      if (value !== undefined)
        this.#direction = Object.entries(binding.values ?? {}).find(([, own]) => own === value)?.[0] ?? value
      return true
    }
    if (this.#areBooked && binding.of === 'invoice.status' && binding.ofTerm && isStated) {
      const { ofTerm: term } = binding
      this.#states = new Set([value].flat().flatMap((one) => readWords({ ...binding, term }, one)))
      return true
    }
    const at = binding.role === 'filter' && isStated ? pathOf(this.#item, binding) : undefined
    if (!at || isObject(value)) return false
    this.#tests.push(comparing(at, matches[binding.match ?? 'equals'] ?? 'equals', value))
    return true
  }

  #addByName(parameter: Parameter, value: unknown): void {
    const words = wordsOf(parameter.name).join(' ')
    const isSort = sortWords.has(words)
    if (isSort || directionWords.has(words)) {
      const isField = isSort || (words === 'order' && value !== undefined && !/^(?:asc|desc)/i.test(String(value)))
      return void (isField ? (this.#sortBy = value) : (this.#direction = value))
    }
    if (value === undefined || value === null || value === '') return
    if (searchWords.has(words)) {
      // A sentence of a query language asks for more than this reads.
      if (/^\s*select\b[^]*\bfrom\b/i.test(String(value))) this.#ignored.push(parameter.name)
      else this.#tests.push(containing(String(value)))
      return
    }
    const found = testsFor(parameter, value, this.#properties, this.#resource)
    ;(isScope(parameter, this.#properties, this.#resource) ? this.#scopes : this.#tests).push(...found)
    if (found.length === 0) this.#ignored.push(parameter.name)
  }
}

/** Tells whether a parameter has to name something that no resource of the document lists: a client can only make its key up. */
function isScope({ name, required }: Parameter, properties: readonly Property[], resource: Resource): boolean {
  const words = wordsOf(name)
  if (!required || words.length < 2 || !['id', 'uuid', 'key', 'code'].includes(words.at(-1) as string)) return false
  const path = propertyNamed(words, properties, resource)?.path.join('\n')
  return path !== undefined && !resource.relations.some((relation) => relation.path.join('\n') === path)
}

const matches: Readonly<Record<string, Comparison>> = { from: 'gte', until: 'lte', contains: 'contains' }

/** Returns the path to the property that a filter's role is bound at; inside an object of the invoice's other party, or its own. */
function pathOf(
  item: Shape,
  { of, ofAnchor }: Binding,
  path: readonly string[] = [],
  around?: string,
): readonly string[] | undefined {
  if (path.length > 4) return undefined
  for (const [name, shape] of item.properties) {
    const { binding } = shape
    const isIt = binding?.role === of && (ofAnchor === undefined || (binding?.anchor ?? around) === ofAnchor)
    if (isIt) return [...path, name]
  }
  for (const [name, shape] of item.properties) {
    const side = /^invoice\.(buyer|seller)$/.exec(shape.binding?.role ?? '')?.[1] ?? around
    const found =
      shape.properties.size > 0 ? pathOf(shape, { of, ofAnchor } as Binding, [...path, name], side) : undefined
    if (found) return found
  }
  return undefined
}

/** Returns an order as the names of properties: `-due` is `-due_date` where that is the API's word for it. */
function spelledBy({ values = {} }: Binding, stated: unknown, item: Shape): unknown {
  const parts = Array.isArray(stated) ? stated.map(String) : String(stated).split(',')
  return parts.map((part) => {
    const [, sign = '', word = ''] = /^([+-]?)(.*)$/.exec(part.trim()) ?? []
    const role = Object.entries(values).find(([, own]) => own === word)?.[0]
    const path = role === undefined ? undefined : pathOf(item, roleOf(role))
    return path ? `${sign}${path.at(-1) as string}` : part
  })
}

function roleOf(name: string): Binding {
  const [, anchor] = /^(buyer|seller)\./.exec(name) ?? []
  return {
    of: anchor === undefined ? name : name.replace(anchor, 'party'),
    ...(anchor !== undefined && { ofAnchor: anchor }),
  } as Binding
}

function testsFor(
  parameter: Pick<Parameter, 'name'>,
  value: unknown,
  properties: readonly Property[],
  resource: Resource,
): Test[] {
  if (isObject(value) && !Array.isArray(value)) {
    // `filter[status]=paid`, `created[gte]=…`, `filter[amount][gt]=5`
    return Object.entries(value).flatMap(([name, inner]) => {
      const comparison = comparisons[wordsOf(name).join('')]
      const outer = wordsOf(parameter.name).filter((word) => !fillers.has(word))
      if (comparison && outer.length > 0) return testOf(outer, comparison, inner, properties, resource)
      if (isObject(inner) && !Array.isArray(inner)) return testsFor({ ...parameter, name }, inner, properties, resource)
      return testsNamed(wordsOf(name), inner, properties, resource)
    })
  }
  const nested = /^[\w.-]+\[([\w.-]+)\](?:\[([\w.-]+)\])?$/.exec(parameter.name)
  if (nested) {
    const [outer, first = '', second] = [parameter.name.slice(0, parameter.name.indexOf('[')), nested[1], nested[2]]
    const comparison = comparisons[wordsOf(second ?? first).join('')]
    const words = second === undefined && comparison ? wordsOf(outer) : wordsOf(first)
    return comparison
      ? testOf(words, comparison, value, properties, resource)
      : testsNamed(wordsOf(first), value, properties, resource)
  }
  return testsNamed(wordsOf(parameter.name), value, properties, resource)
}

/** Reads a name such as `issued_from`, `min_amount` or `status` and compares the property it names. */
function testsNamed(
  words: readonly string[],
  value: unknown,
  properties: readonly Property[],
  resource: Resource,
): Test[] {
  const whole = propertyNamed(words, properties, resource)
  if (whole && whole.words === words.join(' ')) return [comparing(whole.path, 'equals', value)]
  for (const [position, rest] of [
    [-1, words.slice(0, -1)],
    [0, words.slice(1)],
  ] as const) {
    const comparison = comparisons[words.at(position) ?? '']
    if (!comparison || rest.length === 0) continue
    const tests = testOf(rest, comparison, value, properties, resource)
    if (tests.length > 0) return tests
  }
  if (whole) return [comparing(whole.path, 'equals', value)]
  const bare = words.filter((word) => !fillers.has(word))
  return bare.length > 0 && bare.length < words.length ? testOf(bare, 'equals', value, properties, resource) : []
}

function testOf(
  words: readonly string[],
  comparison: Comparison,
  value: unknown,
  properties: readonly Property[],
  resource: Resource,
): Test[] {
  const property =
    propertyNamed(words, properties, resource) ??
    propertyNamed(
      words.filter((word) => !fillers.has(word)),
      properties,
      resource,
    )
  return property ? [comparing(property.path, comparison, value)] : []
}

/** Reads `-created_at`, `created_at:desc`, `created_at desc`, `CREATED_AT_DESC`, several with commas, or a direction beside it. */
function orderOf(sortBy: unknown, direction: unknown, properties: readonly Property[]): Query['order'] {
  const keys = (Array.isArray(sortBy) ? sortBy : String(sortBy).split(',')).flatMap((text) => {
    const stated = String(text).trim()
    const match = /^([+-]?)(.+?)(?:[\s:.|_](asc|desc)(?:ending)?)?$/i.exec(stated)
    if (!match) return []
    const words = wordsOf(match[2] as string)
    const property = propertyNamed(words, properties, { noun: '' })
    const isDescending =
      match[1] === '-' ||
      /^desc/i.test(match[3] ?? '') ||
      (match[1] === '' && match[3] === undefined && /^desc|^-1$|^false$/i.test(String(direction ?? '')))
    return property ? [{ path: property.path, sign: isDescending ? -1 : 1 }] : []
  })
  if (keys.length === 0) return undefined
  return (left, right) => {
    for (const { path, sign } of keys) {
      const [one, other] = [valueAt(left, path), valueAt(right, path)]
      // What has no value comes last either way.
      const isMissing = Number(one === undefined || one === null) - Number(other === undefined || other === null)
      if (isMissing !== 0) return isMissing
      const difference = one === undefined || one === null ? 0 : orderOfValues(one, other)
      if (difference !== 0) return difference * sign
    }
    return 0
  }
}

/** A single value of an item that parameters may name. */
interface Property {
  readonly path: readonly string[]
  readonly words: string
}

/** Returns the single values of an item that parameters may name, those of objects inside it as well. */
function propertiesOf(item: Shape): Property[] {
  const found: Property[] = []
  const visit = (shape: Shape, path: readonly string[]): void => {
    for (const [name, inner] of shape.properties) {
      const here = [...path, name]
      if (inner.properties.size > 0 && path.length < 2) visit(inner, here)
      if (inner.properties.size === 0) found.push({ path: here, words: here.flatMap(wordsOf).join(' ') })
    }
  }
  visit(item, [])
  return found.sort((left, right) => left.path.length - right.path.length)
}

/** Returns the property that words name: all of them, or without those that only say how to compare. */
function propertyNamed(
  words: readonly string[],
  properties: readonly Property[],
  { noun }: Pick<Resource, 'noun'>,
): Property | undefined {
  const wanted = words.join(' ')
  const exact = properties.find((property) => property.words === wanted || nounOf(property.words) === nounOf(wanted))
  if (exact) return exact
  const own = noun.split(' ')
  const bare = words.filter((word) => !own.includes(word)).join(' ')
  const without = properties.find(
    ({ words: stated }) =>
      stated
        .split(' ')
        .filter((word) => !own.includes(word))
        .join(' ') === bare && bare !== '',
  )
  if (without) return without
  // `customer` is `customer_id`, `customer_id` is `customer.id`, `created` is `created_at`, `issued` is `issue_date`.
  return (
    properties.find((property) => property.words === `${wanted} id` || `${property.words} id` === wanted) ??
    properties.find((property) => property.words.endsWith(` ${wanted}`)) ??
    properties.find(
      (property) => property.words.replace(/ (?:at|date|on|time)$/, '') === wanted.replace(/ (?:at|date|on|time)$/, ''),
    ) ??
    properties.find((property) => wanted.length >= 4 && stemOf(property.words) === stemOf(wanted))
  )
}

const stemOf = (words: string): string => words.replace(/ (?:at|date|on|time)$/, '').replace(/(?:ing|ed|e)$/, '')
