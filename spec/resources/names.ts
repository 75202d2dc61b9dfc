// Words, nouns and verbs of names and paths.

/** Names of a document are few and are asked for often; the bound keeps a hostile one from filling memory. */
const mostNames = 20_000

/** Returns a function that works out what it returns for a name once. */
function once<T>(work: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>()
  return (name) => {
    const before = known.get(name)
    if (before !== undefined) return before
    const made = work(name)
    if (known.size < mostNames) known.set(name, made)
    return made
  }
}

/**
 * Returns the words of a name in lower case: `externalCustomer_id` is `['external', 'customer', 'id']`, `InvoiceIDs` is
 * `['invoice', 'ids']`.
 */
export const wordsOf = once((name): readonly string[] =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])(?!$|s$)/g, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase()),
)

const irregular: Readonly<Record<string, string>> = {
  people: 'person',
  children: 'child',
  indices: 'index',
  statuses: 'status',
  addresses: 'address',
}

/** Returns an English noun in the singular, good enough to compare names by: `taxes` is `tax`, `entries` is `entry`. */
export const singularOf = once((word) => {
  const known = irregular[word]
  if (known !== undefined) return known
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`
  if (/(?:ss|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2)
  return /[^su]s$/.test(word) && !/(?:is|ews)$/.test(word) ? word.slice(0, -1) : word
})

/** Returns a name in a form to compare by: words in lower case, the last one in the singular, without marks between them. */
export const nounOf = once((name) => {
  const words = wordsOf(name)
  return [...words.slice(0, -1), singularOf(words.at(-1) ?? '')].join(' ')
})

/** One text between two slashes of a documented path. */
export interface Segment {
  readonly text: string
  /** Name of the parameter, where it is one: `{id}`, `{id}.json`, `{id}:void`. */
  readonly parameter?: string
  /** What follows the parameter after a colon: `void`. */
  readonly verb?: string
}

/** Returns the segments of a documented path; a file extension behind a parameter is passed over, and OData's `/invoices({id})` is `/invoices/{id}`. */
export function segmentsOf(path: string): Segment[] {
  return path
    .replaceAll(/\('?(?:\w+=)?'?(\{[^{}]+\})'?\)/g, '/$1')
    .split('/')
    .flatMap((text) => {
      // OData writes `/Invoices(guid'{id}')`.
      const keyed = /^([^(){}]+)\((?:guid)?'?(\{[^{}]+\})'?\)$/.exec(text)
      return keyed ? [keyed[1] as string, keyed[2] as string] : [text]
    })
    .filter((text) => text !== '')
    .map((text) => {
      const parameter = /^\{([^{}]+)\}(?:\.\w+)?(?::(\w+))?$/.exec(text)
      if (parameter)
        return { text, parameter: parameter[1] as string, ...(parameter[2] !== undefined && { verb: parameter[2] }) }
      const verb = /^([^:{}]+):(\w+)$/.exec(text)
      return verb ? { text: verb[1] as string, verb: verb[2] as string } : { text: text.replace(/\.(?:json|xml)$/, '') }
    })
}

/** Returns a path with its parameters unnamed, to compare places by. */
export const pathPattern = (segments: readonly Segment[]): string =>
  segments.map(({ text, parameter }) => `/${parameter === undefined ? text : '{}'}`).join('')

const verbs: Readonly<Record<string, 'list' | 'get' | 'create' | 'update' | 'delete' | 'search'>> = {
  list: 'list',
  all: 'list',
  search: 'search',
  find: 'search',
  query: 'search',
  get: 'get',
  fetch: 'get',
  read: 'get',
  retrieve: 'get',
  show: 'get',
  view: 'get',
  detail: 'get',
  details: 'get',
  create: 'create',
  add: 'create',
  new: 'create',
  insert: 'create',
  issue: 'create',
  update: 'update',
  edit: 'update',
  modify: 'update',
  change: 'update',
  save: 'update',
  set: 'update',
  delete: 'delete',
  remove: 'delete',
  destroy: 'delete',
}

/** Words of a name that say neither what is done nor to what. */
const fillers = new Set(['by', 'id', 'the', 'a', 'an', 'for', 'of', 'info', 'one', 'single'])

/** Returns what a name such as `getInvoiceList` says is done, and to what: `list` and `invoice`. */
export function callOf(name: string): {
  readonly does: 'list' | 'get' | 'create' | 'update' | 'delete' | 'search' | undefined
  readonly noun: string
} {
  const words = wordsOf(name)
  const says = words.flatMap((word) => (Object.hasOwn(verbs, word) ? [verbs[word]] : []))
  const does = says.includes('list') && says.includes('get') ? 'list' : says[0]
  const rest = words.filter((word) => !Object.hasOwn(verbs, word) && !fillers.has(word))
  const last = rest.at(-1) ?? ''
  return {
    does: does === 'get' && last !== singularOf(last) ? 'list' : does,
    noun: [...rest.slice(0, -1), singularOf(last)].join(' '),
  }
}
