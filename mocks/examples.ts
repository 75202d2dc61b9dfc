import { answersOf, presentationOf } from '../factories/index.ts'
import type { Ledger } from '../factories/index.ts'
import { atPointer, isJson, isObject } from '../spec/index.ts'
import type { Document, Model, Operation, Pointer } from '../spec/index.ts'
import { mistakeOf } from './examples/mistakes.ts'
import { scenesOf, usualScenarios } from './examples/scenes.ts'
import type { ExampleScenario, ExampleScene } from './examples/scenes.ts'
import { subjectOf } from './examples/subject.ts'

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
