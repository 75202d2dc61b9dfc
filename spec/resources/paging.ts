// Finds how a list is cut into pages, by its parameters and its envelope.

import type { Document } from '../document.ts'
import { resolve, isObject } from '../document.ts'
import type { Parameter } from '../operation.ts'
import type { Shape } from '../shape.ts'
import { wordsOf } from './names.ts'
import { schemaOfShape } from './places.ts'
import type { BodyPlace } from './places.ts'

/** What a parameter of a list does to its pages; a page begins behind the item named `after`, and with the one named `from`. */
export type PageParameter = 'size' | 'number' | 'offset' | 'cursor' | 'after' | 'from' | 'before'

/** What a property beside the items of a list says. */
export type PageFact =
  | 'total'
  | 'pages'
  | 'number'
  | 'size'
  | 'count'
  | 'offset'
  | 'hasMore'
  | 'hasPrevious'
  | 'isLast'
  | 'isFirst'
  | 'nextNumber'
  | 'previousNumber'
  | 'nextCursor'
  | 'previousCursor'
  | 'nextLink'
  | 'previousLink'
  | 'selfLink'
  | 'firstLink'
  | 'lastLink'

/** How a list is cut into pages, and how its answer says so. */
export interface Paging {
  readonly parameters: Readonly<Partial<Record<PageParameter, Parameter>>>
  /** Number of the first page: 0 or 1. */
  readonly base: 0 | 1
  /** Items of a page where the request does not say. */
  readonly usual: number
  /** Most items of a page, where the document says. */
  readonly most?: number
  /** Places of the answer that speak of pages. */
  readonly facts: readonly { readonly path: readonly string[]; readonly is: PageFact }[]
}

/** Items of a page where neither request nor document says. */
const usualSize = 20

const sizes = new Set(
  'limit,per page,page size,size,page limit,perpage,pagesize,max results,maxresults,first,take,top,count,items per page,results per page,page count,max,records per page,number of results,pagination limit,pagination size,pagination per page,amount,pro seite,limite,par page,por pagina,per pagina,tamano,elementi,anzahl,aantal'.split(
    ',',
  ),
)
const numbers = new Set(
  'page,page number,pageno,page no,p,current page,page index,pagenumber,pagination page,page num,pg,seite,pagina,numero page'.split(
    ',',
  ),
)
const offsets = new Set(
  'offset,skip,start,start index,starting at,first result,from index,page offset,start position,pagination offset,start at,desplazamiento,versatz'.split(
    ',',
  ),
)
const cursors = new Set(
  'cursor,page token,continuation token,next token,next page token,starting token,page cursor,next cursor,marker,scroll id,next,continuation,pagination cursor,token,bookmark,next page,page key'.split(
    ',',
  ),
)
const afters = new Set(
  'after,starting after,since id,after id,last id,start after,after cursor,page after,min id'.split(','),
)
const befores = new Set('before,ending before,before id,before cursor,page before,end before,until id'.split(','))

/** Returns how the pages of a list work, as its parameters and its answer's envelope tell. */
export function pagingOf(
  document: Document,
  parameters: readonly Parameter[],
  answer: Shape,
  items: BodyPlace,
): Paging {
  const found: Partial<Record<PageParameter, Parameter>> = {}
  for (const parameter of parameters) {
    if (parameter.in === 'path') continue
    const is = pageParameter(document, parameter)
    if (is && !found[is]) found[is] = parameter
  }
  // `start` or `from` beside a page number is a filter.
  if (found.number && found.offset) delete found.offset
  const size = found.size && schemaAt(document, found.size)
  const facts = factsIn(document, answer, items)
  return {
    parameters: found,
    base: found.number ? baseOf(document, found.number, facts) : 1,
    usual:
      positive(size?.default) ??
      positive(firstExample(size)) ??
      Math.min(usualSize, positive(size?.maximum) ?? usualSize),
    ...(positive(size?.maximum) !== undefined && { most: positive(size?.maximum) }),
    facts,
  }
}

const positive = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined

const firstExample = (schema: Record<string, unknown> | undefined): unknown =>
  schema?.example ?? (Array.isArray(schema?.examples) ? schema.examples[0] : undefined)

function schemaAt(document: Document, { schema }: Parameter): Record<string, unknown> {
  const { value } = resolve(document, schema)
  if (!isObject(value)) return {}
  const branches = ['anyOf', 'oneOf', 'allOf'].flatMap((keyword) =>
    Array.isArray(value[keyword]) ? (value[keyword] as unknown[]) : [],
  )
  const branch = branches.find((one) => isObject(one) && one.type !== 'null')
  return isObject(branch) && value.type === undefined ? { ...branch, ...value } : value
}

const isNumeric = (schema: Record<string, unknown>): boolean =>
  [schema.type].flat().some((type) => type === 'integer' || type === 'number')

function pageParameter(document: Document, parameter: Parameter): PageParameter | undefined {
  const name = wordsOf(parameter.name).join(' ')
  const schema = schemaAt(document, parameter)
  const types = [schema.type].flat()
  if (schema.format === 'date' || schema.format === 'date-time' || types.includes('boolean')) return undefined
  if (types.includes('array') || types.includes('object')) return undefined
  const numeric = isNumeric(schema) || schema.type === undefined
  if (sizes.has(name) && (numeric || /^\d+$/.test(String(schema.default ?? schema.example ?? '')))) return 'size'
  if (numbers.has(name))
    return numeric || schema.format === undefined
      ? isNumeric(schema) || !/token|cursor/i.test(describe(document, parameter))
        ? 'number'
        : 'cursor'
      : undefined
  if (offsets.has(name)) return numeric ? 'offset' : 'cursor'
  if (cursors.has(name)) return isNumeric(schema) && name === 'next page' ? 'number' : 'cursor'
  if (name === 'from') return isNumeric(schema) ? 'offset' : namesItem(document, parameter, schema) ? 'from' : undefined
  if (afters.has(name)) return 'after'
  return befores.has(name) ? 'before' : undefined
}

/** `from` may be the first item of a page, or the first day of a filter. */
const namesItem = (document: Document, parameter: Parameter, schema: Record<string, unknown>): boolean =>
  /\bids?\b|cursor|token/i.test(`${describe(document, parameter)} ${String(schema.description ?? '')}`)

function describe(document: Document, { pointer }: Parameter): string {
  const { value } = resolve(document, pointer)
  return isObject(value) && typeof value.description === 'string' ? value.description : ''
}

/** The first page is 0 where the schema allows or names it, or a description says so; else 1. */
function baseOf(document: Document, parameter: Parameter, facts: Paging['facts']): 0 | 1 {
  const schema = schemaAt(document, parameter)
  if (schema.minimum === 0 && schema.default !== 1) return 0
  if (schema.default === 0 || firstExample(schema) === 0) return 0
  if (schema.minimum === 1 || schema.default === 1) return 1
  const text = `${describe(document, parameter)} ${typeof schema.description === 'string' ? schema.description : ''}`
  void facts
  return /\b(?:0|zero)[ -](?:based|indexed)|(?:starts?|starting|begins?|counts?)\s+(?:at|from|with)\s+(?:0|zero)\b|\bindex(?:ed)? (?:at|from) (?:0|zero)/i.test(
    text,
  )
    ? 0
    : 1
}

const totals =
  /^(?:total|gesamt|gesamtanzahl|totale|totaal|aantal|nombre total|total count|total items|total results|total records|total elements|total number|count total|totalcount|totalitems|record count|total size|total entries|total hits|items total|max nb records|total nb records|all count|result count|number of records|total rows|num results|results total|number of items|total number of items|total (?!pages\b)\w+s)$/
const pageTotals =
  /^(?:total pages|pages|seitenanzahl|pagine|paginas|page count|last page|num pages|pages total|total page|number of pages|page total|totalpages|max page)$/
const pageNumbers =
  /^(?:page|seite|pagina|current page|page number|page index|page no|pagenumber|currentpage|page num)$/
const pageSizes = /^(?:per page|page size|limit|size|perpage|pagesize|items per page|results per page|page limit)$/
const pageOffsets = /^(?:offset|skip|start|start index|current offset|from)$/
const pageCounts =
  /^(?:count|item count|items count|number of elements|result size|returned|length|records returned|to)$/
const more =
  /^(?:has more|has next|has next page|more|has more items|is more|more items in collection|has more pages|more results|is truncated|has more results)$/
const less = /^(?:has previous|has previous page|has prev|has prev page)$/
const nexts = /^(?:next|next page|next url|next link|next page url|next href|next uri|next page link)$/
const nextCursors =
  /^(?:next cursor|cursor|next token|next page token|continuation token|next page cursor|end cursor|next marker|after|next offset|cursors after|next continuation token|marker)$/
const previous =
  /^(?:previous|prev|previous page|prev page|previous url|prev page url|previous link|prev link|previous page url|prev url)$/
const previousCursors =
  /^(?:previous cursor|prev cursor|previous token|start cursor|before|prev token|previous page token|cursors before)$/

/** Counts that do not say of what. */
const bareCounts = /^(?:count|items? count)$/

/** A place that speaks of pages; a bare count does not say whether it is of this page or of all. */
type Fact = Paging['facts'][number] & { readonly isBare?: boolean }

/** Returns the places around the items that speak of pages, each with what it says. */
function factsIn(document: Document, answer: Shape, items: BodyPlace): Paging['facts'] {
  const facts: Fact[] = []
  const visit = (shape: Shape, path: readonly string[], depth: number): void => {
    for (const [name, inner] of shape.properties) {
      const here = [...path, name]
      if (here.join('/') === items.path.join('/')) continue
      const isContainer = inner.properties.size > 0
      const type = schemaTypeOf(document, inner)
      const is = isContainer && !isLink(inner) ? undefined : factOf(name, path, type, isLink(inner))
      const isBare = is === 'count' && !type.ofPage && bareCounts.test(wordsOf(name).join(' '))
      if (is) facts.push({ path: isContainer ? [...here, 'href'] : here, is, ...(isBare && { isBare }) })
      else if (isContainer && depth < 3) visit(inner, here, depth + 1)
    }
  }
  if (!answer.items) visit(answer, [], 0)
  return countedAll(facts)
}

/**
 * A bare count beside the number of pages, or beside the address of the next page, is that of all items, where nothing else says it:
 * `{ itemCount, pageCount }`, `{ count, next, previous }`.
 */
function countedAll(facts: readonly Fact[]): Paging['facts'] {
  const has = (is: PageFact): boolean => facts.some((fact) => fact.is === is)
  return facts.map((fact) => {
    const beside = facts.filter(({ path }) => path.slice(0, -1).join('/') === fact.path.slice(0, -1).join('/'))
    const isOfAll =
      fact.isBare === true &&
      !has('total') &&
      beside.some(({ is }) => is === 'pages' || is === 'nextLink' || is === 'nextNumber')
    return { path: fact.path, is: isOfAll ? 'total' : fact.is }
  })
}

/** A link that is an object holds its address as `href`. */
const isLink = (shape: Shape): boolean => shape.properties.has('href') && shape.properties.size <= 4

interface TypeOf {
  readonly numeric: boolean
  readonly text: boolean
  readonly boolean: boolean
  readonly uri: boolean
  readonly ofPage: boolean
}

function schemaTypeOf(document: Document, shape: Shape): TypeOf {
  const schema = schemaOfShape(document, shape)
  const branches = ['anyOf', 'oneOf', 'allOf'].flatMap((keyword) =>
    Array.isArray(schema[keyword]) ? (schema[keyword] as Record<string, unknown>[]) : [],
  )
  const types = [schema, ...branches].flatMap(({ type }) => [type].flat())
  const examples = [schema.example, ...(Array.isArray(schema.examples) ? schema.examples : []), schema.default]
  return {
    numeric: types.includes('integer') || types.includes('number'),
    text: types.includes('string'),
    boolean: types.includes('boolean'),
    uri:
      [schema, ...branches].some(({ format }) => typeof format === 'string' && /^(?:uri|url|iri)/.test(format)) ||
      examples.some((value) => typeof value === 'string' && /^(?:https?:\/)?\//.test(value)) ||
      /\b(?:url|uri|link)\b/i.test(typeof schema.description === 'string' ? schema.description : ''),
    ofPage:
      typeof schema.description === 'string' &&
      /\b(?:in|on) (?:this|the current) (?:page|response|result set)\b|\breturned\b/i.test(schema.description),
  }
}

function factOf(name: string, around: readonly string[], type: TypeOf, isLinkObject: boolean): PageFact | undefined {
  const words = wordsOf(name).join(' ')
  const isAmongLinks = /link|url/i.test(around.at(-1) ?? '') || isLinkObject
  const link = isAmongLinks || type.uri || /\b(?:url|uri|link|href)\b/.test(words)
  const numeric = type.numeric || (!type.text && !type.boolean)
  if (nexts.test(words)) return link ? 'nextLink' : type.numeric ? 'nextNumber' : 'nextCursor'
  if (previous.test(words)) return link ? 'previousLink' : type.numeric ? 'previousNumber' : 'previousCursor'
  if (link && (words === 'self' || words === 'current')) return 'selfLink'
  if (link && /^first(?: page(?: url)?)?$/.test(words)) return 'firstLink'
  if (link && /^last(?: page url)?$/.test(words)) return 'lastLink'
  if (type.boolean || !(type.numeric || type.text)) {
    if (more.test(words)) return 'hasMore'
    if (less.test(words)) return 'hasPrevious'
    if (/^(?:is last|last|is last page)$/.test(words)) return 'isLast'
    if (/^(?:is first|first|is first page)$/.test(words)) return 'isFirst'
  }
  if (totals.test(words) && numeric) return type.ofPage ? 'count' : 'total'
  if (pageTotals.test(words) && numeric) return 'pages'
  if (pageNumbers.test(words) && (numeric || type.text)) return 'number'
  if (pageSizes.test(words) && (numeric || type.text)) return 'size'
  if (pageCounts.test(words) && numeric) return 'count'
  if (pageOffsets.test(words) && numeric) return 'offset'
  if (nextCursors.test(words) && (type.text || type.numeric)) return 'nextCursor'
  return previousCursors.test(words) && type.text ? 'previousCursor' : undefined
}
