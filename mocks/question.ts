import type { IncomingMessage } from 'node:http'
import type { Model } from '../spec/index.ts'
import { worldHeader } from './state/worlds.ts'

/** Headers that the way to an answer looks at, whatever the API. `prefer` is missing: what it asks for is made on the spot. */
const usual = [
  'accept',
  'accept-encoding',
  'authorization',
  'content-type',
  'cookie',
  'host',
  'if-none-match',
  'origin',
  worldHeader,
] as const
/** With one of these a request is more than a question. */
const special: ReadonlySet<string> = new Set(['prefer', 'content-length', 'transfer-encoding', 'expect', 'upgrade'])

const known = new WeakMap<Model, ReadonlySet<string>>()

/** Returns the names of the headers that an API's answers depend on: the usual ones, its parameters, its keys. */
function headersOf(model: Model): ReadonlySet<string> {
  const names = known.get(model) ?? new Set([...usual, ...ownHeaders(model)].map((name) => name.toLowerCase()))
  known.set(model, names)
  return names
}

const ownHeaders = ({ operations, security }: Model): string[] => [
  ...operations.flatMap(({ parameters }) =>
    parameters.filter((parameter) => parameter.in === 'header').map(({ name }) => name),
  ),
  ...Object.values(security).flatMap((scheme) =>
    scheme.in === 'header' && scheme.name !== undefined ? [scheme.name] : [],
  ),
]

/** Returns all that tells what a request asks from what others ask, as one text; `undefined` for one that asks for more than an answer. */
export function questionOf(
  model: Model,
  prefix: string,
  { method = '', url = '', rawHeaders }: IncomingMessage,
): string | undefined {
  if (method !== 'GET' && method !== 'HEAD') return undefined
  const names = headersOf(model)
  let question = `${method} ${prefix} ${url}`
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] as string).toLowerCase()
    if (special.has(name)) return undefined
    if (names.has(name)) question += `\n${name}:${rawHeaders[index + 1]}`
  }
  return question
}
