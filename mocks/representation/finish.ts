// Adds documented headers to an answer, removes excluded fields and breaks schemas on purpose.

import { hashText, leafAt, Random } from '../../factories/index.ts'
import {
  atPointer,
  headerText,
  isHeaderName,
  isObject,
  replyFor,
  resolve,
  successOf,
  isJson,
} from '../../spec/index.ts'
import type { Reply, Role, Shape, Model } from '../../spec/index.ts'
import type { OperationAnswer, Context } from '../context.ts'
import { etagOf, utf8 } from '../http/body.ts'
import { clientUrl } from '../http/routes.ts'
import { valueFor } from '../context.ts'

type Documented = Reply['headers'][number]

/** Said by the one who sends, or of something that has not happened. */
const others =
  /^(?:content-(?:type|length|encoding)|transfer-encoding|connection|date|vary|server|set-cookie|access-control-.*|retry-after|warning|deprecation|sunset|etag|link)$/i

/** Returns an answer with the headers that the document says it has: each with a value of its schema, those that mean something with what they mean. */
export function withDocumentedHeaders(context: Context, answer: OperationAnswer): OperationAnswer {
  const reply = replyFor(context.operation, answer.status)
  if (!reply || reply.headers.length === 0) return answer
  const known = new Set(Object.keys(answer.headers ?? {}).map((name) => name.toLowerCase()))
  const added: Record<string, string> = {}
  for (const header of reply.headers) {
    const name = header.name.toLowerCase()
    if (known.has(name) || !isHeaderName(name)) continue
    const text = textFor(context, header, answer)
    if (text !== undefined && text !== '') added[name] = headerText(text)
  }
  return { ...answer, headers: { ...added, ...answer.headers } }
}

function textFor(context: Context, header: Documented, answer: OperationAnswer): string | undefined {
  const name = header.name.toLowerCase()
  const { request } = context
  if (name === 'etag' && answer.text !== undefined) return etagOf(utf8(answer.text))
  if (name === 'link') return header.required ? `<${clientUrl(request).href}>; rel="self"` : undefined
  if (others.test(name) && !header.required) return undefined
  if (/^(?:content-(?:type|length|encoding)|transfer-encoding|connection)$/.test(name)) return undefined
  if (name === 'location') return locationOf(context, header, answer)
  if (name === 'content-disposition' && isText(context, header)) return `attachment; filename="${fileName(context)}"`
  const stated = exampleOf(context, header)
  const meant = rateLimit(name)
  if (meant !== undefined && fits(context, header, meant)) return String(meant)
  if (stated !== undefined) return serialized(stated)
  const { document } = context.model
  if (atPointer(document, header.schema) === undefined) return header.required ? '1' : undefined
  return serialized(context.answers.build(header.schema, { key: hashText(`${context.operation.id} ${name}`) }))
}

/** A limit that a client is far from. */
function rateLimit(name: string): number | undefined {
  if (!/rate-?limit/.test(name)) return undefined
  if (/remaining/.test(name)) return 99
  return /reset/.test(name) ? 60 : name.endsWith('limit') ? 100 : undefined
}

function fits({ model }: Context, { schema }: Documented, value: number): boolean {
  const { value: stated } = resolve(model.document, schema)
  if (!isObject(stated) || stated.enum !== undefined || stated.const !== undefined) return false
  const { types } = leafAt(model.document, schema)
  if (!types.has('integer') && !types.has('number')) return false
  return value >= Number(stated.minimum ?? -Infinity) && value <= Number(stated.maximum ?? Infinity)
}

const isText = ({ model }: Context, { schema }: Documented): boolean => {
  const { words, constant } = leafAt(model.document, schema)
  return words === undefined && constant === undefined
}

/** Where what the answer speaks of can be found: the example's place on this server, else below the address asked for. */
function locationOf(context: Context, header: Documented, { status }: OperationAnswer): string {
  const { origin, pathname } = clientUrl(context.request)
  const stated = exampleOf(context, header)
  if (typeof stated === 'string' && URL.canParse(stated, origin)) {
    const { pathname: path, search } = new URL(stated, origin)
    return `${origin}${path}${search}`
  }
  const here = `${origin}${pathname.replace(/\/$/, '')}`
  return status === 201 ? `${here}/${hashText(context.operation.id)}` : here
}

function fileName({ operation, media }: Context): string {
  const subtype = (media?.type ?? '').split(/[/;]/)[1]?.split('+')[0] ?? 'bin'
  const noun = operation.path.split('/').findLast((step) => /^[\w-]+$/.test(step)) ?? 'file'
  return `${noun}.${/^[\w-]+$/.test(subtype) ? subtype.replace('plain', 'txt') : 'bin'}`
}

function exampleOf({ model: { document } }: Context, { schema }: Documented): unknown {
  const header = atPointer(document, schema.slice(0, schema.lastIndexOf('/')))
  const { value } = atPointer(document, schema) === undefined ? { value: undefined } : resolve(document, schema)
  for (const place of [header, value]) {
    if (!isObject(place)) continue
    if (place.example !== undefined) return place.example
    const first: unknown = Object.values(
      isObject(place.examples) || Array.isArray(place.examples) ? place.examples : {},
    )[0]
    if (first !== undefined) return isObject(first) && 'value' in first ? first.value : first
  }
  return undefined
}

/** Style `simple` (OpenAPI 3.1, Header Object). */
const serialized = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(String).join(',')
    : isObject(value)
      ? Object.entries(value)
          .map(([name, inner]) => `${name},${String(inner)}`)
          .join(',')
      : String(value)

/** Returns an answer without what the request asked to leave out: named fields of each invoice, and the accounting system's record. */
export function withoutExcluded(context: Context, answer: OperationAnswer): OperationAnswer {
  const names = new Set((valueFor(context, 'answer.exclude') as readonly string[] | undefined) ?? [])
  const roles = new Set<Role>(valueFor(context, 'answer.excludeRemote') === true ? ['invoice.remoteData'] : [])
  if ((names.size === 0 && roles.size === 0) || answer.text === undefined) return answer
  const schema = successOf(context.operation)?.content[0]?.schema
  if (schema === undefined) return answer
  const body = JSON.parse(answer.text) as unknown
  return { ...answer, text: JSON.stringify(without(context.model.shape(schema), body, { names, roles })) }
}

interface Unwanted {
  readonly names: ReadonlySet<string>
  readonly roles: ReadonlySet<Role>
}

function without(shape: Shape, value: unknown, unwanted: Unwanted): unknown {
  if (Array.isArray(value))
    return shape.items ? value.map((item) => without(shape.items as Shape, item, unwanted)) : value
  if (!isObject(value)) return value
  const isInvoice = [...shape.properties.values()].some(({ binding }) => binding?.role === 'invoice.id')
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, part]) => {
      const inner = shape.properties.get(name)
      if ((isInvoice && unwanted.names.has(name)) || (inner?.binding && unwanted.roles.has(inner.binding.role)))
        return []
      return [[name, inner && !isInvoice ? without(inner, part, unwanted) : part]]
    }),
  )
}

/** A place of a body that can be made wrong. */
interface Target {
  readonly holder: Record<string, unknown>
  readonly name: string
  /** What does not belong there; nothing where its absence is what is wrong. */
  readonly wrong: unknown
}

/** Values of other types, tried in this order. */
const strangers: readonly (readonly [types: readonly string[], value: unknown])[] = [
  [['string'], 'n/a'],
  [['number', 'integer'], 0.5],
  [['boolean'], true],
  [['object'], {}],
  [['array'], []],
]

/** One answer in so many ends in the middle of its JSON. */
const cutEvery = 5

/** Returns an answer of success that breaks its schema: values of a wrong type, required ones missing, or no JSON at all. Another one for each request. */
export function malform({ model, operation, world, business }: Context, answer: OperationAnswer): OperationAnswer {
  const { status, text = '' } = answer
  const schema = replyFor(operation, status)?.content.find(({ mediaType }) => isJson(mediaType))?.schema
  if (text === '' || answer.mediaType === undefined) return answer
  if (!isJson(answer.mediaType)) return { ...answer, text: text.slice(0, Math.ceil(text.length / 2)) }
  const random = Random.of(business.books.options.seed).at('malformed').at(world.requests)
  const body: unknown = JSON.parse(text)
  const targets = schema === undefined ? [] : [...targetsIn(model, model.shape(schema), body)]
  if (targets.length === 0 || world.requests % cutEvery === 0)
    return { ...answer, text: text.slice(0, Math.ceil(text.length / 2)) }
  for (let count = random.int(1, 3); count > 0; count--) {
    const { holder, name, wrong } = random.pick(targets)
    if (wrong === undefined) delete holder[name]
    else holder[name] = wrong
  }
  return { ...answer, text: JSON.stringify(body) }
}

function* targetsIn(model: Model, shape: Shape, value: unknown): Generator<Target> {
  if (Array.isArray(value)) {
    if (shape.items) for (const item of value) yield* targetsIn(model, shape.items, item)
    return
  }
  if (!isObject(value)) return
  const { value: schema } = resolve(model.document, shape.pointer)
  const required = isObject(schema) && Array.isArray(schema.required) ? schema.required : []
  for (const [name, property] of shape.properties) {
    if (!Object.hasOwn(value, name)) continue
    const { types } = leafAt(model.document, property.pointer)
    const stranger =
      types.size === 0 ? undefined : strangers.find(([names]) => names.every((type) => !types.has(type as never)))
    if (stranger) yield { holder: value, name, wrong: stranger[1] }
    if (required.includes(name)) yield { holder: value, name, wrong: undefined }
    yield* targetsIn(model, property, value[name])
  }
}
