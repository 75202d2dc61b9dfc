// Loads the rows of a list page by page.

import { signal } from '@preact/signals'
import type { ApiDetail, ItemsPage, ListFacts, OperationFacts, ResourceFacts } from '../calls.ts'
import { callApi, callControl, parseJson, parameterKey } from './client.ts'

/** A row of a table: what the API answers. */
export type ListRow = Readonly<Record<string, unknown>>

/** Rows asked for at once, unless the API gives fewer. */
const usualSize = 50
/** Pages that are kept. */
const mostPages = 60

/** Returns what stands where property names lead. */
export function valueIn(row: unknown, path: readonly string[]): unknown {
  let here = row
  for (const step of path) {
    if (typeof here !== 'object' || here === null) return undefined
    here = (here as ListRow)[step]
  }
  return here
}

/** Returns values of the query parameters that a request cannot do without: a scope of which the document lists no values takes any. */
export const requiredQuery = ({ parameters }: OperationFacts): Readonly<Record<string, string>> =>
  Object.fromEntries(
    parameters
      .filter(({ required, in: place }) => required && place === 'query')
      .map(({ name }) => [parameterKey('query', name), '00000000-0000-4000-8000-000000000000']),
  )

/** Tells whether the items of a resource can be shown as a table: the API has a list of them, or answers each by its key. */
export const isBrowsable = ({ list, get, identity, path }: ResourceFacts): boolean =>
  list !== undefined || (get?.key !== undefined && (get.key.property ?? identity) !== undefined && !path.includes('{'))

/** The rows of a list, asked for page by page as they are looked at. */
export class ListRows {
  /** How many there are, as far as that is known. */
  readonly total = signal(0)
  /** Whether there may be more than are known. */
  readonly isOpen = signal(false)
  readonly error = signal('')
  /** Rises when rows have come; 0 where none has been answered yet. */
  readonly version = signal(0)
  readonly #api: ApiDetail
  readonly #resource: ResourceFacts
  /** Missing where the API has no list: then the server says what there is. */
  readonly #list: (ListFacts & { readonly call: OperationFacts }) | undefined
  readonly #query: Readonly<Record<string, string>>
  readonly #pages = new Map<number, readonly ListRow[]>()
  readonly #asked = new Set<number>()
  readonly #cursors = new Map<number, string>()
  readonly #size: number
  readonly #isRandom: boolean

  constructor(api: ApiDetail, resource: ResourceFacts, query: Readonly<Record<string, string>>) {
    this.#api = api
    this.#resource = resource
    const { list } = resource
    const call = api.calls.find(({ id }) => id === list?.operation)
    this.#list = list && call && { ...list, call }
    this.#query = query
    const { parameters, most, usual } = list ?? {
      parameters: { offset: '', size: '' },
      most: undefined,
      usual: usualSize,
    }
    this.#size = parameters.size === undefined ? usual : Math.min(most ?? usualSize, usualSize)
    this.#isRandom = parameters.number !== undefined || parameters.offset !== undefined
  }

  /** Returns a row; `undefined` where it has not come yet. */
  at(index: number): ListRow | undefined {
    return this.#pages.get(Math.floor(index / this.#size))?.[index % this.#size]
  }

  /** Asks for what is missing of some rows. */
  want(from: number, to: number): void {
    const [first, last] = [Math.floor(from / this.#size), Math.floor(Math.max(from, to - 1) / this.#size)]
    if (this.#isRandom) for (let page = first; page <= last; page++) void this.#load(page)
    else void this.#reach(last)
  }

  /** Pages behind a cursor are asked for one after the other. */
  async #reach(last: number): Promise<void> {
    for (let page = 0; page <= last; page++) {
      if (this.#pages.has(page)) continue
      if (this.#asked.has(page) || (page > 0 && !this.#cursors.has(page))) return
      await this.#load(page)
    }
  }

  async #load(page: number): Promise<void> {
    if (this.#asked.has(page)) return
    this.#asked.add(page)
    try {
      await (this.#list ? this.#ask(this.#list, page) : this.#askServer(page))
      this.error.value = ''
    } catch (error) {
      this.#asked.delete(page)
      this.error.value =
        error instanceof Error && error.name !== 'TypeError' ? error.message : 'The server does not answer.'
    }
    this.version.value++
  }

  async #ask(list: ListFacts & { readonly call: OperationFacts }, page: number): Promise<void> {
    const answer = await callApi(this.#api, { operation: list.call, values: this.#values(list, page) }, true)
    const body = parseJson(answer.text)
    if (answer.status >= 300) throw new Error(errorText(answer.status, answer.text))
    const found = valueIn(body, list.path)
    const items = (Array.isArray(found) ? found : []).map((item: unknown) => valueIn(item, list.wrap) as ListRow)
    this.#keep(page, items)
    this.#count(list, page, items, body)
  }

  async #askServer(page: number): Promise<void> {
    const query = new URLSearchParams({ resource: this.#resource.name, from: String(page * this.#size) })
    const { total, items } = await callControl<ItemsPage>(`/apis/${encodeURIComponent(this.#api.name)}/items?${query}`)
    this.#keep(page, items)
    this.total.value = total
  }

  #keep(page: number, items: readonly ListRow[]): void {
    this.#pages.set(page, items)
    if (!this.#isRandom || this.#pages.size <= mostPages) return
    const [oldest] = this.#pages.keys()
    this.#pages.delete(oldest as number)
    this.#asked.delete(oldest as number)
  }

  /** Finds out how many rows there are, as far as an answer says it. */
  #count(list: ListFacts, page: number, items: readonly ListRow[], body: unknown): void {
    const stated = list.total && valueIn(body, list.total)
    const cursor = this.#nextCursor(list, items, body)
    if (cursor !== undefined) this.#cursors.set(page + 1, cursor)
    const isFull = items.length >= this.#size
    const known = page * this.#size + items.length
    const total = typeof stated === 'string' ? Number(stated) : stated
    // Some count the page and call it the total.
    const isWhole = cursor === undefined || this.#isRandom
    if (typeof total === 'number' && Number.isFinite(total) && (isWhole || total > known)) {
      this.total.value = total
      this.isOpen.value = false
    } else {
      const isMore = this.#isRandom ? isFull : cursor !== undefined && isFull
      this.total.value = Math.max(this.total.value, known + (isMore ? this.#size : 0))
      if (!isMore) this.total.value = known
      this.isOpen.value = isMore
    }
  }

  #nextCursor({ parameters, nextCursor }: ListFacts, items: readonly ListRow[], body: unknown): string | undefined {
    const stated = nextCursor && valueIn(body, nextCursor)
    if (parameters.cursor !== undefined)
      return typeof stated === 'string' || typeof stated === 'number' ? String(stated) : undefined
    const last = items.at(-1)
    const id = last && this.#resource.identity && valueIn(last, this.#resource.identity)
    return parameters.after !== undefined && (typeof id === 'string' || typeof id === 'number') ? String(id) : undefined
  }

  #values(
    { parameters, base, call }: ListFacts & { readonly call: OperationFacts },
    page: number,
  ): Readonly<Record<string, string>> {
    const { size, number, offset, cursor, after } = parameters
    const values: Record<string, string> = { ...requiredQuery(call) }
    for (const [name, value] of Object.entries(this.#query))
      values[name.includes(' ') ? name : parameterKey('query', name)] = value
    if (size !== undefined) values[parameterKey('query', size)] = String(this.#size)
    if (number !== undefined) values[parameterKey('query', number)] = String(base + page)
    else if (offset !== undefined) values[parameterKey('query', offset)] = String(page * this.#size)
    const known = this.#cursors.get(page)
    const name = cursor ?? after
    if (page > 0 && known !== undefined && name !== undefined) values[parameterKey('query', name)] = known
    return values
  }
}

/** Returns what an API says of a refusal, in a line. */
export function errorText(status: number, text: string): string {
  const body = parseJson(text)
  const found = typeof body === 'object' && body !== null ? sentenceIn(body) : undefined
  return `The API answered ${status}${found === undefined ? '' : `: ${found.slice(0, 300)}`}`
}

function sentenceIn(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null || depth > 4) return undefined
  const named = value as ListRow
  for (const name of ['detail', 'message', 'msg', 'title', 'error', 'errors'])
    if (named[name] !== undefined) return sentenceIn(named[name], depth + 1)
  return Array.isArray(value) ? sentenceIn(value[0], depth + 1) : undefined
}
