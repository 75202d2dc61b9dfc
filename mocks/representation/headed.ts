import { hashText, leafAt } from '../../factories/index.ts'
import { atPointer, headerText, isHeaderName, isObject, replyFor, resolve } from '../../spec/index.ts'
import type { Reply } from '../../spec/index.ts'
import type { Answer, Context } from '../context.ts'
import { etagOf } from '../etag.ts'
import { utf8 } from '../body.ts'

type Documented = Reply['headers'][number]

/** Said by the one who sends, or of something that has not happened. */
const others =
  /^(?:content-(?:type|length|encoding)|transfer-encoding|connection|date|vary|server|set-cookie|access-control-.*|retry-after|warning|deprecation|sunset|etag|link)$/i

/** Returns an answer with the headers that the document says it has: each with a value of its schema, those that mean something with what they mean. */
export function headed(context: Context, answer: Answer): Answer {
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

function textFor(context: Context, header: Documented, answer: Answer): string | undefined {
  const name = header.name.toLowerCase()
  const { request } = context
  if (name === 'etag' && answer.text !== undefined) return etagOf(utf8(answer.text))
  if (name === 'link') return header.required ? `<${request.url}>; rel="self"` : undefined
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

/** Somebody who asks now and then is far from any limit. */
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
function locationOf(context: Context, header: Documented, { status }: Answer): string {
  const { origin, pathname } = new URL(context.request.url)
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
