import { invoicesIn, isObject, readByRole, successOf } from '../../spec/index.ts'
import type { Fetch, Model, Operation } from '../../spec/index.ts'
import { edited } from '../../test/support/edit.ts'
import type { Edit } from '../../test/support/edit.ts'

/** What a server does wrong: its answers changed on their way, or its requests. Tells of each answer that it changed. */
export interface Fault {
  readonly name: string
  wrap(model: Model, fetch: Fetch, touched: () => void): Fetch
}

type Json = Record<string, unknown>

const operationOf = (model: Model, request: Request): Operation | undefined =>
  model.operations.find(
    ({ method, path }) =>
      method === request.method &&
      new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(new URL(request.url).pathname),
  )

/** Changes answers of success to reads: the JSON, or the whole answer. */
function onAnswers(
  name: string,
  change: (answer: Response, json: Json, operation: Operation, model: Model) => Response | undefined,
): Fault {
  return {
    name,
    wrap: (model, fetch, touched) => async (request) => {
      const operation = operationOf(model, request)
      const response = await fetch(request)
      const does = operation?.does
      if (!operation || !response.ok || (does !== 'list' && does !== 'get' && does !== undefined)) return response
      const text = await response.text()
      const rebuilt = (): Response => new Response(text === '' ? null : text, response)
      if (!/json/.test(response.headers.get('content-type') ?? '')) return rebuilt()
      const changed = change(rebuilt(), JSON.parse(text) as Json, operation, model)
      if (changed) touched()
      return changed ?? rebuilt()
    },
  }
}

/** Changes requests before the server sees them. */
const onRequests = (name: string, change: (request: Request, model: Model) => Request | undefined): Fault => ({
  name,
  wrap: (model, fetch, touched) => async (request) => {
    const changed = change(request, model)
    if (changed) touched()
    return fetch(changed ?? request)
  },
})

const jsonWith = (response: Response, json: unknown): Response =>
  new Response(JSON.stringify(json), { status: response.status, headers: response.headers })

/** The invoices of an answer, as places in it. */
const placesIn = (model: Model, operation: Operation, json: unknown): readonly string[] => {
  const schema = successOf(operation)?.content[0]?.schema
  return schema === undefined ? [] : invoicesIn(readByRole(model.shape(schema), json)).map(({ pointer }) => pointer)
}

/** An edit of every invoice, or of the whole body, as those that make one law fall. */
export const editFault = (name: string, edit: Edit, what: 'invoices' | 'body'): Fault =>
  onAnswers(name, (response, json, operation, model) => {
    const places = what === 'body' ? [''] : placesIn(model, operation, json)
    let isEdited = false
    const changed = places.reduce<unknown>((body, place) => {
      const made = edited(body, { ...edit, at: place + edit.at, ...('like' in edit && { like: place + edit.like }) })
      isEdited ||= made !== undefined
      return made ?? body
    }, json)
    return isEdited ? jsonWith(response, changed) : undefined
  })

const withQuery = (request: Request, change: (query: URLSearchParams) => boolean): Request | undefined => {
  const url = new URL(request.url)
  return request.method === 'GET' && change(url.searchParams) ? new Request(url, request) : undefined
}

const namesOf = (model: Model, request: Request, roles: readonly string[]): readonly string[] =>
  operationOf(model, request)?.parameters.flatMap(({ name, binding }) =>
    binding && roles.includes(binding.role) ? [name] : [],
  ) ?? []

const drop = (query: URLSearchParams, names: readonly string[]): boolean => {
  const own = [...query.keys()].filter((key) => names.some((name) => key === name || key.startsWith(`${name}[`)))
  for (const key of own) query.delete(key)
  return own.length > 0
}

/** Paths to the first values of a JSON value that a test accepts. */
function firstWhere(value: unknown, isWanted: (value: unknown) => boolean, path = ''): string | undefined {
  if (typeof value !== 'object' || value === null) return isWanted(value) && path !== '' ? path : undefined
  for (const [key, inner] of Object.entries(value)) {
    const found = firstWhere(inner, isWanted, `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    if (found !== undefined) return found
  }
  return undefined
}

const replaceFirst = (name: string, isWanted: (value: unknown) => boolean, to: unknown): Fault =>
  onAnswers(name, (response, json) => {
    const at = firstWhere(json, isWanted)
    const changed = at === undefined ? undefined : edited(json, { at, to })
    return changed === undefined ? undefined : jsonWith(response, changed)
  })

/** Faults that any API can have. */
export const answerFaults: readonly Fault[] = [
  onAnswers('answers 500', () => new Response('oops', { status: 500 })),
  onAnswers('answers a status that is not documented', (_, json) => Response.json(json, { status: 299 })),
  onAnswers('labels JSON as HTML', (response, json) => {
    response.headers.set('content-type', 'text/html')
    return jsonWith(response, json)
  }),
  onAnswers('cuts JSON short', (response, json) => new Response(JSON.stringify(json).slice(0, -2), response)),
  onAnswers('answers an empty body', (response) => new Response('', response)),
  onAnswers('answers a list instead of an object', (response, json) =>
    Array.isArray(json) ? undefined : jsonWith(response, [json]),
  ),
  replaceFirst('writes a number as a text', (value) => typeof value === 'number', 'twelve'),
  replaceFirst('writes a text as a number', (value) => typeof value === 'string', 12),
  replaceFirst('writes a date of another form', (value) => /^\d{4}-\d\d-\d\d$/.test(String(value)), '15.01.2026'),
  replaceFirst('writes a moment without a time zone', (value) => /T.*Z$/.test(String(value)), 'yesterday'),
  onAnswers('repeats an item of a list', (response, json) => {
    const list = Object.entries(json).find(
      ([, value]) => Array.isArray(value) && value.length > 1 && isObject(value[0]),
    )
    if (!list) return undefined
    const items = list[1] as unknown[]
    return jsonWith(response, { ...json, [list[0]]: [items[0], ...items.slice(0, -1)] })
  }),
  {
    name: 'lets everybody in',
    wrap: (_, fetch, touched) => {
      let known: Headers | undefined
      return async (request) => {
        const response = await fetch(request.clone())
        if (response.ok) known ??= request.headers
        if (response.status !== 401 || !known) return response
        touched()
        const headers = new Headers(request.headers)
        known.forEach((value, name) => headers.set(name, value))
        return fetch(new Request(request, { headers }))
      }
    },
  },
  {
    name: 'answers an unknown id with another object',
    wrap: (model, fetch, touched) => {
      let known: string | undefined
      return async (request) => {
        const response = await fetch(request)
        const isOne = request.method === 'GET' && operationOf(model, request)?.path.endsWith('}') === true
        if (isOne && response.ok) known ??= await response.clone().text()
        if (!isOne || response.status !== 404 || known === undefined) return response
        touched()
        return new Response(known, { headers: { 'content-type': 'application/json' } })
      }
    },
  },
  {
    name: 'accepts bad parameters',
    wrap: (model, fetch, touched) => async (request) => {
      const response = await fetch(request.clone())
      const url = new URL(request.url)
      const required = operationOf(model, request)?.parameters.filter((parameter) => parameter.required) ?? []
      if (request.method !== 'GET' || (response.status !== 400 && response.status !== 422) || url.search === '')
        return response
      const sent = new URLSearchParams(url.search)
      for (const name of sent.keys())
        if (!required.some((parameter) => parameter.name === name)) url.searchParams.delete(name)
      touched()
      return fetch(new Request(url, request))
    },
  },
  {
    name: 'answers 304 to any entity tag',
    wrap: (_, fetch, touched) => async (request) => {
      if (request.headers.get('if-none-match') === null) return fetch(request)
      touched()
      return new Response(null, { status: 304, headers: { etag: '"same"' } })
    },
  },
  onRequests('ignores the order that is asked for', (request, model) =>
    withQuery(request, (query) => drop(query, namesOf(model, request, ['sort.by', 'sort.order']))),
  ),
  onRequests('ignores filters', (request, model) =>
    withQuery(request, (query) => drop(query, namesOf(model, request, ['filter']))),
  ),
  onRequests('ignores the page size', (request, model) =>
    withQuery(request, (query) => drop(query, namesOf(model, request, ['page.size']))),
  ),
  onRequests('answers the first page to every question for a page', (request, model) =>
    withQuery(request, (query) => drop(query, namesOf(model, request, ['page.number', 'page.cursor']))),
  ),
]
