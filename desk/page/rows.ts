// Loads the rows of a list page by page.

import { signal } from '@preact/signals'
import type { ApiDetail, ListFacts, OperationFacts, ResourceFacts } from '../calls.ts'
import { callApi, parseJson, parameterKey } from './client.ts'

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
  readonly #list: ListFacts
  readonly #operation: OperationFacts
  readonly #query: Readonly<Record<string, string>>
  readonly #pages = new Map<number, readonly ListRow[]>()
  readonly #asked = new Set<number>()
  readonly #cursors = new Map<number, string>()
  readonly #size: number
  readonly #isRandom: boolean

  constructor(api: ApiDetail, resource: ResourceFacts, query: Readonly<Record<string, string>>) {
    this.#api = api
    this.#resource = resource
    this.#list = resource.list as ListFacts
    this.#operation = api.calls.find(({ id }) => id === this.#list.operation) as OperationFacts
    this.#query = query
    const { parameters, most, usual } = this.#list
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
      const answer = await callApi(this.#api, { operation: this.#operation, values: this.#values(page) }, true)
      const body = parseJson(answer.text)
      if (answer.status >= 300) throw new Error(errorText(answer.status, answer.text))
      const found = valueIn(body, this.#list.path)
      const items = (Array.isArray(found) ? found : []).map(
        (item: unknown) => valueIn(item, this.#list.wrap) as ListRow,
      )
      this.#keep(page, items, body)
      this.error.value = ''
    } catch (error) {
      this.#asked.delete(page)
      this.error.value =
        error instanceof Error && error.name !== 'TypeError' ? error.message : 'The server does not answer.'
    }
    this.version.value++
  }

  #keep(page: number, items: readonly ListRow[], body: unknown): void {
    this.#pages.set(page, items)
    if (this.#isRandom && this.#pages.size > mostPages) {
      const [oldest] = this.#pages.keys()
      this.#pages.delete(oldest as number)
      this.#asked.delete(oldest as number)
    }
    const stated = this.#list.total && valueIn(body, this.#list.total)
    const cursor = this.#nextCursor(items, body)
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

  #nextCursor(items: readonly ListRow[], body: unknown): string | undefined {
    const { parameters, nextCursor } = this.#list
    const stated = nextCursor && valueIn(body, nextCursor)
    if (parameters.cursor !== undefined)
      return typeof stated === 'string' || typeof stated === 'number' ? String(stated) : undefined
    const last = items.at(-1)
    const id = last && this.#resource.identity && valueIn(last, this.#resource.identity)
    return parameters.after !== undefined && (typeof id === 'string' || typeof id === 'number') ? String(id) : undefined
  }

  #values(page: number): Readonly<Record<string, string>> {
    const { parameters, base } = this.#list
    const { size, number, offset, cursor, after } = parameters
    const values: Record<string, string> = { ...requiredQuery(this.#operation) }
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
