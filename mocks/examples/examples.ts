// Writes named examples of invoices and errors into a document.

import { answersOf, presentationOf } from '../../factories/index.ts'
import type { Ledger } from '../../factories/index.ts'
import { atPointer, isJson, isObject, resolve } from '../../spec/index.ts'
import type { Document, Model, Operation, Pointer, Problem, Reply } from '../../spec/index.ts'
import { problemResponse, statusTitle } from '../representation/problem.ts'
import { scenesOf, usualScenarios, subjectOf } from './scenes.ts'
import type { ExampleScenario, ExampleScene } from './scenes.ts'

/** What examples show. */
export interface ExamplesOptions {
  /** By name; the first is what tools show first. */
  readonly scenarios?: Readonly<Record<string, ExampleScenario>>
}

/**
 * Returns a copy of a model's document with named examples: in every JSON answer of success one for each scenario, with the same
 * ids in lists and in what is fetched by id, and in every documented error without an example one in the API's own form.
 * @throws Failure for an unknown trait or param, or a scenario that no invoice fits.
 */
export async function withExamples(
  model: Model,
  ledger: Ledger,
  { scenarios = usualScenarios }: ExamplesOptions = {},
): Promise<Document> {
  const document = structuredClone(model.document)
  const scenes = scenesOf(ledger, presentationOf(model), scenarios)
  const value = tellerOf(model, ledger)
  for (const operation of model.operations) {
    for (const reply of operation.replies) {
      const mistake = await mistakeOf(model, operation, reply)
      for (const { mediaType, pointer, schema } of reply.content) {
        if (!isJson(mediaType) || schema === undefined) continue
        if (reply.status.startsWith('2'))
          put(
            document,
            pointer,
            scenes.flatMap((scene) => exampleOf(scene, value(operation, schema, scene))),
          )
        else if (mistake && !hasExample(document, pointer))
          put(document, pointer, [[mistake.name, { summary: mistake.summary, value: mistake.value }]])
      }
    }
  }
  return document
}

type Named = readonly [name: string, example: { readonly summary: string; readonly value: unknown }]

const exampleOf = ({ name }: ExampleScene, value: unknown): Named[] =>
  value === undefined ? [] : [[name, { summary: sentence(name), value }]]

const sentence = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('-', ' ')}.`

/** Examples of the provider's own would contradict ours: they name invoices that no list has. */
function put(document: Document, pointer: Pointer, examples: readonly Named[]): void {
  const media = atPointer(document, pointer)
  if (!isObject(media) || examples.length === 0) return
  delete media.example
  media.examples = Object.fromEntries(examples)
}

function hasExample(document: Document, pointer: Pointer): boolean {
  const media = atPointer(document, pointer)
  return isObject(media) && (media.example !== undefined || media.examples !== undefined)
}

type Teller = (operation: Operation, schema: Pointer, scene: ExampleScene) => unknown

function tellerOf(model: Model, ledger: Ledger): Teller {
  const answers = answersOf(model, ledger)
  const value: Teller = (operation, schema, scene) => {
    if (operation.does === 'graphql') return graphqlValue(operation, scene)
    const subject = subjectOf({ model, operation, ledger, scene })
    return subject && answers.build(schema, subject)
  }
  /** A query for everything that the operation behind its field answers. */
  const graphqlValue = (operation: Operation, scene: ExampleScene): unknown => {
    const rules = atPointer(model.document, `${operation.pointer}/x-graphql/fields`)
    for (const [name, rule] of Object.entries(isObject(rules) ? rules : {})) {
      const target = isObject(rule)
        ? model.operations.find(({ id, does }) => id === rule.operation && does === 'list')
        : undefined
      const schema = target?.replies
        .flatMap(({ status, content }) => (status.startsWith('2') ? content : []))
        .find(({ mediaType }) => isJson(mediaType))?.schema
      if (target && schema !== undefined && name.startsWith('Query.'))
        return { data: { [name.slice('Query.'.length)]: value(target, schema, scene) } }
    }
    return undefined
  }
  return value
}

/** An error as an example shows it. */
interface Mistake {
  /** After its status: `not-found`. */
  readonly name: string
  readonly summary: string
  readonly value: unknown
}

/** Statuses by which ranges are shown. */
const typical: Readonly<Record<string, number>> = { '4XX': 400, '5XX': 500, DEFAULT: 500 }

/** Returns the error that a documented answer stands for, in the API's own form, or `undefined` where it is none. */
async function mistakeOf(model: Model, operation: Operation, { status, content }: Reply): Promise<Mistake | undefined> {
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
