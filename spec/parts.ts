import { keywords } from './keywords.ts'
import type { Holding } from './keywords.ts'

/** What stands at a place of a document: a kind of component, or one of the few things that are none. */
export type Part =
  | 'callbacks'
  | 'components'
  | 'document'
  | 'encoding'
  | 'examples'
  | 'headers'
  | 'links'
  | 'mediaTypes'
  | 'operation'
  | 'parameters'
  | 'pathItems'
  | 'requestBodies'
  | 'responses'
  | 'schemas'
  | 'securitySchemes'

/** What stands under a key: one part, a list of them, or parts by name. */
export interface Holder {
  readonly holding: Exclude<Holding, 'value'>
  readonly part: Part
}

const one = (part: Part): Holder => ({ holding: 'schema', part })
const list = (part: Part): Holder => ({ holding: 'list', part })
const map = (part: Part): Holder => ({ holding: 'map', part })

const content = { schema: one('schemas'), content: map('mediaTypes'), examples: map('examples') }
const operation = one('operation')

/** OpenAPI 3.2 and Swagger 2.0, whose parts stand in other places. */
const holders: Readonly<Partial<Record<Part, Readonly<Record<string, Holder>>>>> = {
  document: {
    paths: map('pathItems'),
    webhooks: map('pathItems'),
    components: one('components'),
    definitions: map('schemas'),
    parameters: map('parameters'),
    responses: map('responses'),
  },
  components: {
    schemas: map('schemas'),
    responses: map('responses'),
    parameters: map('parameters'),
    examples: map('examples'),
    requestBodies: map('requestBodies'),
    headers: map('headers'),
    securitySchemes: map('securitySchemes'),
    links: map('links'),
    callbacks: map('callbacks'),
    pathItems: map('pathItems'),
    mediaTypes: map('mediaTypes'),
  },
  pathItems: {
    parameters: list('parameters'),
    additionalOperations: map('operation'),
    get: operation,
    put: operation,
    post: operation,
    delete: operation,
    options: operation,
    head: operation,
    patch: operation,
    trace: operation,
    query: operation,
  },
  operation: {
    parameters: list('parameters'),
    requestBody: one('requestBodies'),
    responses: map('responses'),
    callbacks: map('callbacks'),
  },
  parameters: content,
  headers: content,
  requestBodies: content,
  responses: { ...content, headers: map('headers'), links: map('links'), examples: map('examples') },
  mediaTypes: { ...content, itemSchema: one('schemas'), encoding: map('encoding') },
  encoding: { headers: map('headers') },
}

/** Returns what stands under a key of a part; `undefined` where it is data, or a text, or nobody knows. */
export function holderAt(part: Part, key: string): Holder | undefined {
  if (part === 'callbacks') return key.startsWith('x-') ? undefined : one('pathItems')
  if (part !== 'schemas') {
    const known = holders[part]
    return known && Object.hasOwn(known, key) ? known[key] : undefined
  }
  const holding = keywords.get(key)
  return holding === undefined || holding === 'value' ? undefined : { holding, part }
}
