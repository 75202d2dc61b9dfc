import { leafAt, Random } from '../factories/index.ts'
import { isJson, isObject, replyFor, resolve } from '../spec/index.ts'
import type { Model, Shape } from '../spec/index.ts'
import type { Answer, Context } from './context.ts'

/** A place of a body that can be made wrong. */
interface Target {
  readonly holder: Record<string, unknown>
  readonly name: string
  /** What does not belong there; nothing where its absence is what is wrong. */
  readonly wrong: unknown
}

/** Values of other types, tried in this order. */
const strangers: readonly (readonly [types: readonly string[], value: unknown])[] = [
  [['string'], 'n/a'],
  [['number', 'integer'], 0.5],
  [['boolean'], true],
  [['object'], {}],
  [['array'], []],
]

/** One answer in so many ends in the middle of its JSON. */
const cutEvery = 5

/** Returns an answer of success that breaks its schema: values of a wrong type, required ones missing, or no JSON at all. Another one for each request. */
export function malform({ model, operation, world, business }: Context, answer: Answer): Answer {
  const { status, text = '' } = answer
  const schema = replyFor(operation, status)?.content.find(({ mediaType }) => isJson(mediaType))?.schema
  if (text === '' || answer.mediaType === undefined) return answer
  if (!isJson(answer.mediaType)) return { ...answer, text: text.slice(0, Math.ceil(text.length / 2)) }
  const random = Random.of(business.books.options.seed).at('malformed').at(world.requests)
  const body: unknown = JSON.parse(text)
  const targets = schema === undefined ? [] : [...targetsIn(model, model.shape(schema), body)]
  if (targets.length === 0 || world.requests % cutEvery === 0)
    return { ...answer, text: text.slice(0, Math.ceil(text.length / 2)) }
  for (let count = random.int(1, 3); count > 0; count--) {
    const { holder, name, wrong } = random.pick(targets)
    if (wrong === undefined) delete holder[name]
    else holder[name] = wrong
  }
  return { ...answer, text: JSON.stringify(body) }
}

function* targetsIn(model: Model, shape: Shape, value: unknown): Generator<Target> {
  if (Array.isArray(value)) {
    if (shape.items) for (const item of value) yield* targetsIn(model, shape.items, item)
    return
  }
  if (!isObject(value)) return
  const { value: schema } = resolve(model.document, shape.pointer)
  const required = isObject(schema) && Array.isArray(schema.required) ? schema.required : []
  for (const [name, property] of shape.properties) {
    if (!Object.hasOwn(value, name)) continue
    const { types } = leafAt(model.document, property.pointer)
    const stranger =
      types.size === 0 ? undefined : strangers.find(([names]) => names.every((type) => !types.has(type as never)))
    if (stranger) yield { holder: value, name, wrong: stranger[1] }
    if (required.includes(name)) yield { holder: value, name, wrong: undefined }
    yield* targetsIn(model, property, value[name])
  }
}
