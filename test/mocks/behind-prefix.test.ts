import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mockModel, Worlds } from '../../mocks/index.ts'
import { serve } from '../../mocks/server.ts'
import type { Served } from '../../mocks/server.ts'
import { compile } from '../../spec/index.ts'

type Table = Record<string, any>

const text = { type: 'string' }
const link = { type: ['string', 'null'], format: 'uri' }
const ref = (name: string): Table => ({ $ref: `#/components/schemas/${name}` })
const object = (properties: Table, required: string[] = []): Table => ({ type: 'object', properties, required })
const content = (schema: Table): Table => ({ content: { 'application/json': { schema } } })
const ok = (schema: Table, more: Table = {}): Table => ({ description: 'ok', ...content(schema), ...more })
const ids = content(object({ ids: { type: 'array', items: text } }, ['ids']))
const id = { name: 'id', in: 'path', required: true, schema: text }
const attributes = object({ title: text, status: { enum: ['draft', 'published', 'archived'] } }, ['title', 'status'])

const model = compile(
  {
    openapi: '3.2.0',
    info: { title: 'Magazine', version: '1' },
    paths: {
      '/articles': {
        get: {
          parameters: [
            { name: 'page', in: 'query', schema: { type: 'integer' } },
            { name: 'size', in: 'query', schema: { type: 'integer', default: 5 } },
            { name: 'mood', in: 'query', schema: text },
          ],
          responses: { 200: ok(ref('Page')) },
        },
        query: { requestBody: content(object({ title: text })), responses: { 200: ok(ref('Page')) } },
        post: {
          requestBody: content(object({ data: object({ attributes }) })),
          responses: { 201: ok(object({ data: ref('Article') }), { headers: { Location: { schema: text } } }) },
        },
      },
      '/articles/{id}': { get: { parameters: [id], responses: { 200: ok(object({ data: ref('Article') })) } } },
      '/articles/batch_archive': {
        post: { requestBody: ids, responses: { 200: ok(object({ data: { type: 'array', items: ref('Article') } })) } },
      },
      '/articles/bulk-delete': { post: { requestBody: ids, responses: { 204: { description: 'gone' } } } },
    },
    components: {
      schemas: {
        Article: object({ type: text, id: text, attributes, links: object({ self: link }, ['self']) }, [
          'type',
          'id',
          'attributes',
          'links',
        ]),
        Page: object({ data: { type: 'array', items: ref('Article') }, links: object({ self: link, next: link }) }, [
          'data',
          'links',
        ]),
      },
    },
  },
  { name: 'magazine' },
)

let served: Served

async function ask(
  path: string,
  { method = 'GET', body }: { method?: string; body?: unknown } = {},
): Promise<{ status: number; headers: Headers; json: any }> {
  const response = await fetch(new URL(path, served.url), {
    method,
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  const json: unknown = response.status === 204 ? undefined : await response.json()
  return { status: response.status, headers: response.headers, json }
}

beforeAll(async () => {
  const worlds = new Worlds()
  const { fetch } = mockModel(model, { worlds })
  served = await serve([
    { prefix: '/magazine', fetch, model, worlds },
    { prefix: '/other', fetch },
  ])
})
afterAll(() => served.close())

describe.each(['/magazine', '/__world/a/magazine', '/other'])('an API of JSON:API below %s', (base) => {
  it('leads from page to page, and from an item to itself', async () => {
    const { json } = await ask(`${base}/articles?size=2`)
    expect(json.links.self).toBe(`${served.url}${base}/articles?size=2`)
    expect((await ask(json.links.next)).json.data).toHaveLength(2)
    for (const item of json.data) {
      expect(item).toMatchObject({ type: 'articles', links: { self: `${served.url}${base}/articles/${item.id}` } })
      expect((await ask(item.links.self)).json.data).toEqual(item)
    }
  })

  it('says where a created item is', async () => {
    const body = { data: { attributes: { title: 'A year of paper', status: 'draft' } } }
    const { status, headers, json } = await ask(`${base}/articles`, { method: 'POST', body })
    expect([status, headers.get('location')]).toEqual([201, json.data.links.self])
    expect((await ask(headers.get('location') as string)).json).toEqual(json)
  })
})

describe('an operation on many items', () => {
  it('does to each what it says', async () => {
    const { data } = (await ask('/magazine/articles')).json
    const chosen = data.slice(0, 2).map((item: Table) => item.id)
    const archived = await ask('/magazine/articles/batch_archive', { method: 'POST', body: { ids: chosen } })
    expect(archived.json.data.map((item: Table) => [item.id, item.attributes.status])).toEqual(
      chosen.map((one: string) => [one, 'archived']),
    )
    expect((await ask(`/magazine/articles/${chosen[0]}`)).json.data).toEqual(archived.json.data[0])
    const deleted = await ask('/magazine/articles/bulk-delete', { method: 'POST', body: { ids: chosen } })
    expect([deleted.status, (await ask(`/magazine/articles/${chosen[1]}`)).status]).toEqual([204, 404])
  })

  it('does nothing where one of them is not there', async () => {
    const { data } = (await ask('/magazine/articles')).json
    const body = { ids: [data[0].id, 'nobody'] }
    expect((await ask('/magazine/articles/bulk-delete', { method: 'POST', body })).status).toBe(404)
    expect((await ask(`/magazine/articles/${data[0].id}`)).status).toBe(200)
  })
})

describe('a search with the method QUERY of OpenAPI 3.2', () => {
  it('answers the items that its body asks for', async () => {
    const [{ attributes: found }] = (await ask('/magazine/articles')).json.data
    const { json } = await ask('/magazine/articles', { method: 'QUERY', body: { title: found.title } })
    expect(json.data.length).toBeGreaterThan(0)
    expect(json.data.map((item: Table) => item.attributes.title)).toEqual(json.data.map(() => found.title))
    expect((await ask('/magazine/articles', { method: 'QUERY', body: { title: 'None' } })).json.data).toEqual([])
  })
})

describe('a parameter that says nothing of the items', () => {
  it('is named by a header, be it documented or not', async () => {
    const named = async (query: string): Promise<string | null> =>
      (await ask(`/magazine/articles?${query}`)).headers.get('x-proforma-ignored')
    expect(await named('size=2&page=1')).toBeNull()
    expect(await named('mood=good')).toBe('mood')
    expect(await named('mood=good&gr%C3%B6%C3%9Fe=1&page=1')).toBe('mood, gr%C3%B6%C3%9Fe')
  })
})
