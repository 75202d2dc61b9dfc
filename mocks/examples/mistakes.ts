import { isJson, isObject, resolve } from '../../spec/index.ts'
import type { Model, Operation, Problem, Reply } from '../../spec/index.ts'
import { problemResponse, statusTitle } from '../problem.ts'

/** An error as an example shows it. */
export interface Mistake {
  /** After its status: `not-found`. */
  readonly name: string
  readonly summary: string
  readonly value: unknown
}

/** Statuses by which ranges are shown. */
const typical: Readonly<Record<string, number>> = { '4XX': 400, '5XX': 500, DEFAULT: 500 }

/** Returns the error that a documented answer stands for, in the API's own form, or `undefined` where it is none. */
export async function mistakeOf(
  model: Model,
  operation: Operation,
  { status, content }: Reply,
): Promise<Mistake | undefined> {
  const number = typical[status.toUpperCase()] ?? Number(status)
  if (number < 400 || !content.some(({ mediaType }) => isJson(mediaType))) return undefined
  const title = statusTitle(number)
  const response = problemResponse(model, operation, number, tellingOf(model, operation, number))
  return { name: title.toLowerCase().replaceAll(' ', '-'), summary: `${title}.`, value: await response.json() }
}

function tellingOf(
  model: Model,
  operation: Operation,
  status: number,
): { detail?: string; problems?: readonly Problem[] } {
  if (status === 404 && operation.path.includes('{')) return { detail: 'There is no invoice of that id.' }
  return status === 400 || status === 422 ? { problems: problemsOf(model, operation) } : {}
}

/** What could be wrong with a request: a word where a number belongs, or a list instead of a body. */
function problemsOf({ document }: Model, { parameters, body }: Operation): Problem[] {
  const number = parameters.find(({ in: place, schema }) => {
    const found = resolve(document, schema).value
    return (
      place === 'query' &&
      isObject(found) &&
      [found.type].flat().some((type) => type === 'integer' || type === 'number')
    )
  })
  const flaw = { pointer: '', code: 'type' as const }
  if (number)
    return [
      {
        ...flaw,
        in: 'query',
        name: number.name,
        expected: 'a number',
        received: '"many"',
        message: 'Expected a number but received "many".',
      },
    ]
  return body
    ? [
        {
          ...flaw,
          in: 'body',
          name: 'body',
          expected: 'an object',
          received: '[]',
          message: 'Expected an object but received [].',
        },
      ]
    : []
}
