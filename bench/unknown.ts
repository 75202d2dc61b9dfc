import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { registerSchema, validate } from '@hyperjump/json-schema/openapi-3-1'
import { mockModel } from '../mocks/index.ts'
import { servedBy } from '../mocks/resources/collection.ts'
import { load } from '../spec/load.ts'
import { atPointer, isJson, isObject, replyFor, valueAt } from '../spec/index.ts'
import type { Model, Operation, Resource, ResourceOperation } from '../spec/index.ts'
import { compileSampler, Random } from '../factories/index.ts'

/**
 * Serves every document of a folder without any overlay and prints how far each behaves like a backend: one row a document,
 * `done/asked` in each column. Bodies are judged by a validator that the product does not use.
 *
 * npm run unknown -- FOLDER [--verbose]
 */
const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { verbose: { type: 'boolean', default: false }, only: { type: 'string' } },
})

class Tally {
  done = 0
  asked = 0
  count(holds: boolean, note: () => string): void {
    this.asked++
    if (holds) this.done++
    else if (flags.verbose) console.log(`    ${note()}`)
  }
  get text(): string {
    return this.asked === 0 ? '–' : `${this.done}/${this.asked}`
  }
}

const columns = [
  'answered',
  'valid',
  'paged',
  'list=get',
  'unknown=404',
  'created',
  'updated',
  'deleted',
  'keys',
  'same bytes',
] as const
type Column = (typeof columns)[number]
type Row = Record<Column, Tally>

const newRow = (): Row => Object.fromEntries(columns.map((column) => [column, new Tally()])) as Row

/** Sends requests with values for all parameters that must be there. */
class Client {
  readonly model: Model
  readonly fetch: (request: Request) => Promise<Response>
  constructor(model: Model) {
    this.model = model
    this.fetch = mockModel(model, { seed: 42, today: '2026-01-15' }).fetch
  }

  async send(
    operation: Operation,
    given: Readonly<Record<string, unknown>> = {},
    body?: unknown,
  ): Promise<{ status: number; body: unknown; text: string; headers: Headers }> {
    const query = new URLSearchParams()
    const headers = new Headers({
      accept: 'application/json, */*',
      authorization: operation.security.length > 0 ? 'Bearer any' : '',
    })
    let path = operation.path
    for (const scheme of operation.security.flat()) {
      const stated = this.model.security[scheme]
      if (stated?.type === 'apiKey' && stated.in === 'header') headers.set(stated.name as string, 'any')
      if (stated?.type === 'apiKey' && stated.in === 'query') query.set(stated.name as string, 'any')
      if (stated?.type === 'http' && stated.scheme === 'basic') headers.set('authorization', `Basic ${btoa('any:any')}`)
    }
    for (const parameter of operation.parameters) {
      const value = given[parameter.name] ?? (parameter.required ? this.value(parameter.schema) : undefined)
      if (value === undefined) continue
      const text = Array.isArray(value) ? value.join(',') : String(value)
      if (parameter.in === 'path') path = path.replace(`{${parameter.name}}`, encodeURIComponent(text))
      else if (parameter.in === 'query') query.set(parameter.name, text)
      else if (parameter.in === 'header' && parameter.name.toLowerCase() !== 'authorization')
        headers.set(parameter.name, text)
    }
    if (body !== undefined)
      headers.set(
        'content-type',
        operation.body?.content.find(({ mediaType }) => isJson(mediaType))?.mediaType ?? 'application/json',
      )
    if (headers.get('authorization') === '') headers.delete('authorization')
    const url = `http://unknown.example${path}${query.size > 0 ? `?${query}` : ''}`
    const response = await this.fetch(
      new Request(url, {
        method: operation.method,
        headers,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    )
    const text = await response.text()
    let parsed: unknown
    try {
      parsed = text === '' ? undefined : JSON.parse(text)
    } catch {
      parsed = undefined
    }
    return { status: response.status, body: parsed, text, headers: response.headers }
  }

  value(pointer: string): unknown {
    const schema = atPointer(this.model.document, pointer)
    if (isObject(schema)) {
      const example = schema.example ?? (Array.isArray(schema.examples) ? schema.examples[0] : undefined)
      if (example !== undefined) return example
    }
    try {
      return compileSampler(this.model.document, pointer, { direction: 'request' }).sample(Random.of(7))
    } catch {
      return 'x'
    }
  }

  body(operation: ResourceOperation, seed = 11): unknown {
    const schema = operation.operation.body?.content.find(({ mediaType }) => isJson(mediaType))?.schema
    return schema === undefined
      ? undefined
      : compileSampler(this.model.document, schema, { direction: 'request', optional: 'all' }).sample(Random.of(seed))
  }
}

/**
 * Returns a copy in which a choice with a discriminator is made by its tag. Branches that do not declare the tag overlap, so that by
 * `oneOf` alone no value at all may be valid (`RateFee: { type: object }` beside `OneTimeFee: { type: object }`).
 */
function byTag(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(byTag)
  if (!isObject(tree)) return tree
  const copy = Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, byTag(value)]))
  const { oneOf, discriminator } = tree
  if (!Array.isArray(oneOf) || !isObject(discriminator) || !isObject(discriminator.mapping)) return copy
  const tag = String(discriminator.propertyName)
  const tags = Object.entries(discriminator.mapping)
  const { oneOf: _, discriminator: __, ...rest } = copy
  return {
    ...rest,
    required: [tag],
    properties: { [tag]: { enum: tags.map(([word]) => word) } },
    allOf: tags.map(([word, $ref]) => ({ if: { properties: { [tag]: { const: word } } }, then: { $ref } })),
  }
}

async function measure(path: string): Promise<{ row: Row; resources: number }> {
  const model = load(path, { name: basename(path).replace(/\.\w+$/, ''), overlays: [] })
  const uri = `https://documents.example/${encodeURIComponent(model.name)}`
  registerSchema(byTag(model.document) as never, uri, 'https://spec.openapis.org/oas/3.1/schema-base')
  const row = newRow()
  const client = new Client(model)
  const twin = new Client(model)
  const served = servedBy(model)
  const judged = async (operation: Operation, answered: { status: number; body: unknown }): Promise<void> => {
    const schema = replyFor(operation, answered.status)?.content.find(({ mediaType }) => isJson(mediaType))?.schema
    if (schema === undefined) return
    let output
    try {
      output = await validate(`${uri}#${encodeURI(schema)}`, answered.body as never, 'BASIC')
    } catch (error) {
      if (flags.verbose) console.log(`    not judged: ${operation.id}: ${(error as Error).message.slice(0, 100)}`)
      return
    }
    row.valid.count(
      output.valid,
      () => `invalid: ${operation.method} ${operation.path} ${answered.status} ${JSON.stringify(output).slice(0, 400)}`,
    )
  }

  for (const resource of served.resources) await reads(resource)
  for (const resource of served.resources) await writesTo(resource)
  for (const { operation } of served.unknown) if (operation.method === 'GET') await answers(operation, {})
  return { row, resources: served.resources.length }

  async function answers(
    operation: Operation,
    given: Readonly<Record<string, unknown>>,
  ): Promise<{ status: number; body: unknown; text: string }> {
    const answered = await client.send(operation, given)
    row.answered.count(
      answered.status >= 200 && answered.status < 300,
      () => `${operation.method} ${operation.path} → ${answered.status} ${answered.text.slice(0, 200)}`,
    )
    await judged(operation, answered)
    const again = await twin.send(operation, given)
    row['same bytes'].count(again.text === answered.text, () => `other bytes: ${operation.path}`)
    return answered
  }

  /** Returns values for the parents in a path, from the lists of those parents. */
  async function parentsFor(operation: ResourceOperation): Promise<Record<string, unknown>> {
    const given: Record<string, unknown> = {}
    for (const { parameter, resource: name, property } of operation.parents) {
      const parent = served.resources.find((one) => one.name === name)
      if (!parent) continue
      const list = firstOf(parent, 'list')
      const inherited = list ? await parentsFor(list) : {}
      const [first] = list?.answer ? itemsOf(list, (await client.send(list.operation, inherited)).body) : []
      const named = property ?? parent.identity ?? []
      const id = (first && valueAt(first, named)) ?? (await shownElsewhere(parent, named))
      if (id !== undefined) Object.assign(given, inherited, { [parameter]: id })
    }
    return { ...given, ...(await keysAsked(operation)) }
  }

  /** Returns values for parameters that must name an item of another resource. */
  async function keysAsked({ operation }: ResourceOperation): Promise<Record<string, unknown>> {
    const given: Record<string, unknown> = {}
    const own = served.byOperation.get(operation.id)?.resource
    for (const { name, in: place, required } of operation.parameters) {
      const relation =
        place === 'query' && required
          ? own?.relations.find(({ path }) => path.length === 1 && path[0] === name)
          : undefined
      const target = served.resources.find((one) => one.name === relation?.resource)
      const list = target && firstOf(target, 'list')
      if (!relation?.property || !list || list.parents.length > 0) continue
      const [first] = itemsOf(list, (await client.send(list.operation)).body)
      if (first) given[name] = valueAt(first, relation.property)
    }
    return given
  }

  /** Returns a value of a property of a resource that the items of another one show. */
  async function shownElsewhere(resource: Resource, property: readonly string[]): Promise<unknown> {
    for (const other of served.resources) {
      const list = firstOf(other, 'list')
      const relation = other.relations.find(
        (one) =>
          one.resource === resource.name &&
          (one.property === undefined || one.property.join('.') === property.join('.')),
      )
      if (!list || !relation || other === resource) continue
      const items = itemsOf(list, (await client.send(list.operation, await parentsFor(list))).body)
      for (const item of items) {
        const found = allAt(item, relation.path).map((value) => (relation.property ? value : valueAt(value, property)))
        const shown = found.find((value) => value !== undefined && value !== null)
        if (shown !== undefined) return shown
      }
    }
    return undefined
  }

  /** Returns a value of a property of an item that is created for it. */
  async function made(resource: Resource, property: readonly string[]): Promise<unknown> {
    const create = firstOf(resource, 'create')
    if (!create?.request || !create.answer) return undefined
    const sent = client.body(create, 13)
    const parents = await parentsFor(create)
    await twin.send(create.operation, parents, sent)
    const { body } = await client.send(create.operation, parents, sent)
    return valueAt(itemOf(create, body), property)
  }

  async function reads(resource: Resource): Promise<void> {
    const list = firstOf(resource, 'list')
    let first: Record<string, unknown> | undefined
    let given: Record<string, unknown> = {}
    for (const operation of resource.operations.filter(
      ({ operation: { method }, does }) => method === 'GET' && does === 'list',
    )) {
      const parents = await parentsFor(operation)
      const { body } = await answers(operation.operation, parents)
      if (operation === list) [first, given] = [itemsOf(operation, body)[0], parents]
      await paged(resource, operation, parents)
    }
    for (const operation of resource.operations.filter(
      ({ does, operation: { method } }) => does === 'get' && method === 'GET',
    )) {
      const parents = { ...(operation.parents.length > 0 ? await parentsFor(operation) : {}), ...given }
      const { key } = operation
      if (!key) {
        await answers(operation.operation, parents)
        continue
      }
      const property = key.property ?? resource.identity ?? []
      const id =
        (first && valueAt(first, property)) ??
        (await shownElsewhere(resource, property)) ??
        (await made(resource, property))
      // Of what no operation shows or makes nobody can name one: that it is 404 is counted below.
      if (id === undefined && key.in === 'path') {
        const { status } = await client.send(operation.operation, parents)
        row['unknown=404'].count(
          status === 404 || status === 400,
          () => `never shown: ${operation.operation.path} → ${status}`,
        )
        continue
      }
      const answered = await answers(operation.operation, { ...parents, ...(id !== undefined && { [key.name]: id }) })
      if (first && id !== undefined) {
        const item = itemOf(operation, answered.body)
        row['list=get'].count(
          isObject(item) && isPart(first, item),
          () => `list ≠ get: ${resource.name} ${JSON.stringify(differing(first, item)).slice(0, 300)}`,
        )
      }
      const unknown = unknownLike(id ?? client.value(key.schema))
      const missing = await client.send(operation.operation, { ...parents, [key.name]: unknown })
      row['unknown=404'].count(
        missing.status === 404 || missing.status === 400 || missing.status === 422,
        () => `unknown id ${String(unknown)}: ${operation.operation.path} → ${missing.status}`,
      )
    }
    await keysResolve(resource, first)
  }

  async function writesTo(resource: Resource): Promise<void> {
    const [create, list, get] = (['create', 'list', 'get'] as const).map((does) => firstOf(resource, does))
    if (create?.request && create.operation.method === 'POST')
      await writes(resource, create, { list, get, given: list ? await parentsFor(list) : {} })
  }

  async function paged(
    resource: Resource,
    operation: ResourceOperation,
    given: Record<string, unknown>,
  ): Promise<void> {
    const paging = operation.paging
    if (!paging || Object.keys(paging.parameters).length === 0 || operation.operation.method !== 'GET') return
    const { size, number, offset, cursor, after } = paging.parameters
    const seen: string[] = []
    let total: unknown
    let next: Record<string, unknown> = {}
    for (let round = 0; round < 60; round++) {
      const asked = { ...given, ...(size && { [size.name]: Math.min(9, paging.most ?? 9) }), ...next }
      const { status, body, headers } = await client.send(operation.operation, asked)
      if (status !== 200) break
      const items = itemsOf(operation, body)
      const fact = (is: string): unknown => valueAt(body, paging.facts.find((one) => one.is === is)?.path ?? ['\0'])
      total ??= fact('total')
      seen.push(
        ...items.map((item) => String(resource.identity ? valueAt(item, resource.identity) : JSON.stringify(item))),
      )
      if (items.length === 0) break
      if (fact('hasMore') === false) break
      if (number) next = { [number.name]: round + 1 + paging.base }
      else if (offset) next = { [offset.name]: seen.length }
      else if (cursor) {
        const value = fact('nextCursor') ?? cursorIn(fact('nextLink') ?? headers.get('link'), cursor.name)
        if (value === undefined || value === null) break
        next = { [cursor.name]: value }
      } else if (after && resource.identity) next = { [after.name]: seen.at(-1) }
      else break
      if (!size && items.length < paging.usual) break
      if (size && items.length < Math.min(9, paging.most ?? 9)) break
    }
    const all = resource.identity === undefined ? seen.length : new Set(seen).size
    row.paged.count(
      all === seen.length && (typeof total !== 'number' || total === all) && (all > 0 || total === 0),
      () => `pages: ${operation.operation.path} saw ${seen.length}, distinct ${all}, total ${String(total)}`,
    )
  }

  async function keysResolve(resource: Resource, item: Record<string, unknown> | undefined): Promise<void> {
    for (const { path, resource: name, property } of resource.relations) {
      if (!item || path.includes('*') || property === undefined) continue
      const value = valueAt(item, path)
      if (value === undefined || value === null) continue
      const target = served.resources.find((one) => one.name === name)
      const get = target?.operations.find(
        ({ does, key }) => does === 'get' && key?.property?.join('.') === property.join('.'),
      )
      if (!get?.key || get.parents.some((parent) => parent.resource !== undefined)) continue
      const { status } = await client.send(get.operation, { [get.key.name]: value })
      row.keys.count(status === 200, () => `key ${resource.name}.${path.join('.')} = ${String(value)} → ${status}`)
    }
  }

  async function writes(
    resource: Resource,
    create: ResourceOperation,
    {
      list,
      get,
      given,
    }: { list: ResourceOperation | undefined; get: ResourceOperation | undefined; given: Record<string, unknown> },
  ): Promise<void> {
    const parents = { ...given, ...(await parentsFor(create)) }
    let body: unknown
    try {
      body = client.body(create)
    } catch {
      return
    }
    const sent = valueAt(body, create.request?.path ?? [])
    const created = await client.send(create.operation, parents, body)
    await judged(create.operation, created)
    const made = itemOf(create, created.body)
    const ok = created.status >= 200 && created.status < 300
    if (!isObject(made) || !resource.identity) {
      row.created.count(ok, () => `create: ${create.operation.path} → ${created.status} ${created.text.slice(0, 250)}`)
      return
    }
    const id = valueAt(made, resource.identity)
    const listed = list
      ? itemsOf(
          list,
          (
            await client.send(list.operation, {
              ...parents,
              ...(list.paging?.parameters.size && {
                [list.paging.parameters.size.name]: Math.min(100, list.paging.most ?? 100),
              }),
            })
          ).body,
        )
      : undefined
    const read = get?.key
      ? await client.send(get.operation, {
          ...parents,
          [get.key.name]: valueAt(made, get.key.property ?? resource.identity),
        })
      : undefined
    const isListed =
      listed === undefined || listed.some((one) => String(valueAt(one, resource.identity as string[])) === String(id))
    const isRead =
      read === undefined ||
      (isObject(itemOf(get as ResourceOperation, read.body)) &&
        keeps(sent, itemOf(get as ResourceOperation, read.body) as object))
    row.created.count(
      ok && isListed && isRead,
      () =>
        `create: ${create.operation.path} → ${created.status}, listed ${isListed}, read ${isRead} ${ok ? JSON.stringify(differing(isObject(sent) ? sent : {}, read && itemOf(get as ResourceOperation, read.body))).slice(0, 300) : created.text.slice(0, 300)}`,
    )
    if (!ok) return
    const key = { ...parents }
    for (const does of ['update', 'replace'] as const) {
      const update = resource.operations.find((one) => one.does === does && one.key && one.request)
      if (!update?.key) continue
      let change: unknown
      try {
        change = client.body(update)
      } catch {
        continue
      }
      const stated = valueAt(change, update.request?.path ?? [])
      if (isObject(stated))
        for (const name of Object.keys(stated)) if (/^(?:version|sync_?token)$/i.test(name)) delete stated[name]
      const named = { ...key, [update.key.name]: valueAt(made, update.key.property ?? resource.identity) }
      if (isObject(stated) && valueAt(stated, update.key.property ?? []) !== undefined)
        stated[(update.key.property as string[])[0] as string] = named[update.key.name]
      const answered = await client.send(update.operation, named, change)
      await judged(update.operation, answered)
      const after = get?.key
        ? itemOf(
            get,
            (
              await client.send(get.operation, {
                ...key,
                [get.key.name]: valueAt(made, get.key.property ?? resource.identity),
              })
            ).body,
          )
        : undefined
      const isOk = answered.status >= 200 && answered.status < 300
      row.updated.count(
        isOk && (!get || (isObject(after) && keeps(stated, after))),
        () =>
          `${does}: ${update.operation.path} → ${answered.status} ${isOk ? JSON.stringify(differing(isObject(stated) ? stated : {}, after)).slice(0, 300) : answered.text.slice(0, 300)}`,
      )
    }
    const remove = resource.operations.find((one) => one.does === 'delete' && one.key)
    if (!remove?.key) return
    const answered = await client.send(remove.operation, {
      ...key,
      [remove.key.name]: valueAt(made, remove.key.property ?? resource.identity),
    })
    const gone = get?.key
      ? (
          await client.send(get.operation, {
            ...key,
            [get.key.name]: valueAt(made, get.key.property ?? resource.identity),
          })
        ).status
      : 404
    row.deleted.count(
      answered.status < 300 && gone === 404,
      () => `delete: ${remove.operation.path} → ${answered.status}, then ${gone}`,
    )
  }
}

/** Returns the operation of a sort that needs the fewest parents. */
const firstOf = ({ operations }: Resource, sort: ResourceOperation['does']): ResourceOperation | undefined =>
  operations
    .filter(({ does }) => does === sort)
    .toSorted((left, right) => left.parents.length - right.parents.length)[0]

const itemsOf = ({ answer }: ResourceOperation, body: unknown): Record<string, unknown>[] => {
  const list = answer && valueAt(body, answer.path)
  return Array.isArray(list) ? list.map((element) => valueAt(element, answer?.wrap ?? [])).filter(isObject) : []
}

/** Returns the values at a path, `*` for the elements of arrays. */
function allAt(value: unknown, [step, ...rest]: readonly string[]): unknown[] {
  if (step === undefined) return [value]
  if (step === '*') return Array.isArray(value) ? value.flatMap((one) => allAt(one, rest)) : []
  return isObject(value) ? allAt(value[step], rest) : []
}

const itemOf = ({ answer }: ResourceOperation, body: unknown): unknown => {
  const value = answer && valueAt(body, answer.path)
  return Array.isArray(value) ? value[0] : value
}

const isPart = (part: object, whole: object): boolean => Object.keys(differing(part, whole)).length === 0

/** Returns the members that stand otherwise in the second object, or not at all, compared where both are single values. */
function differing(part: object, whole: unknown): Record<string, unknown> {
  if (!isObject(whole)) return { whole }
  return Object.fromEntries(
    Object.entries(part).filter(
      ([name, value]) =>
        (typeof value !== 'object' || value === null) &&
        value !== null &&
        name in whole &&
        JSON.stringify(whole[name]) !== JSON.stringify(value),
    ),
  )
}

/** Tells whether a kept item shows what was sent, as far as it has the property and no server sets it. */
const keeps = (sent: unknown, item: object): boolean =>
  !isObject(sent) ||
  Object.keys(differing(sent, item)).every((name) =>
    /version|updated|modified|created|sync_?token|^_?id$|Id$|_id$/i.test(name),
  )

function unknownLike(id: unknown): unknown {
  if (typeof id === 'number') return 987_654_321
  const text = String(id)
  if (/^[\da-f]{8}-/i.test(text)) return '11111111-2222-4333-8444-555555555555'
  return /^\d+$/.test(text) ? '987654321' : `${text.slice(0, 3)}zzUnknown`
}

function cursorIn(link: unknown, name: string): unknown {
  const text = typeof link === 'string' ? (/<([^>]+)>;\s*rel="?next/.exec(link)?.[1] ?? link) : undefined
  return text !== undefined && URL.canParse(text) ? (new URL(text).searchParams.get(name) ?? undefined) : undefined
}

function documentsIn(folder: string): string[] {
  if (statSync(folder).isFile()) return [folder]
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (/^(?:openapi|swagger)\.\w+$/.test(name) || /\.(?:ya?ml|json)$/.test(name)) return [path]
    const inside = ['openapi.yaml', 'openapi.json', 'index.yaml']
      .map((file) => join(path, file))
      .filter((file) => existsSync(file))
    return statSync(path).isDirectory() ? inside : []
  })
}

const [folder] = positionals
if (folder === undefined) {
  console.error('Say which folder: npm run unknown -- FOLDER')
  process.exit(2)
}
console.log(['document', 'resources', ...columns].map((name) => name.padStart(12)).join(''))
for (const path of documentsIn(folder).filter((one) => flags.only === undefined || one.includes(flags.only))) {
  const name = basename(path).slice(0, 11).padStart(12)
  try {
    const { row, resources } = await measure(path)
    console.log(
      [name, String(resources).padStart(12), ...columns.map((column) => row[column].text.padStart(12))].join(''),
    )
  } catch (error) {
    console.log(`${name}  does not load: ${(error as Error).message.slice(0, 200)}`)
    if (flags.verbose) console.log((error as Error).stack)
  }
}
