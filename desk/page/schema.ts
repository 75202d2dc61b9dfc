/** A schema as far as forms need it. */
export interface FieldSchema {
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object' | 'any'
  readonly format?: string
  readonly words: readonly string[]
  readonly description: string
  readonly isRequired: boolean
  readonly usual?: string
}

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Returns what stands at a JSON pointer (RFC 6901). */
export function at(document: unknown, pointer: string): unknown {
  let here = document
  for (const step of pointer.split('/').slice(1)) {
    if (typeof here !== 'object' || here === null) return undefined
    here = (here as Json)[step.replaceAll('~1', '/').replaceAll('~0', '~')]
  }
  return here
}

/** Returns an object of a document, references followed. */
function resolve(document: unknown, value: unknown, depth = 0): Json {
  if (!isObject(value)) return {}
  const { $ref: reference, ...rest } = value
  if (typeof reference !== 'string' || !reference.startsWith('#') || depth > 20) return value
  return { ...resolve(document, at(document, decodeURIComponent(reference.slice(1))), depth + 1), ...rest }
}

/** Returns a schema with the branches of `allOf` put together, and the first of `anyOf` and `oneOf` that is not null. */
function flat(document: unknown, value: unknown, depth = 0): Json {
  const schema = resolve(document, value)
  if (depth > 6) return schema
  const parts = (Array.isArray(schema.allOf) ? schema.allOf : []).map((part) => flat(document, part, depth + 1))
  const choices = ['anyOf', 'oneOf'].flatMap((word) => (Array.isArray(schema[word]) ? (schema[word] as unknown[]) : []))
  const choice = choices.map((part) => flat(document, part, depth + 1)).find((part) => part.type !== 'null')
  const all = [...parts, ...(choice ? [choice] : []), schema]
  return {
    ...Object.assign({}, ...all),
    properties: Object.assign({}, ...all.map(({ properties }) => properties ?? {})),
    required: all.flatMap(({ required }) => (Array.isArray(required) ? (required as unknown[]) : [])),
  }
}

/** Returns what a form asks for where a schema stands. */
export function fieldOf(document: unknown, value: unknown, isRequired = false): FieldSchema {
  const schema = flat(document, value)
  const [type = 'any'] = [schema.type].flat().filter((one) => one !== 'null')
  const stated = Array.isArray(schema.enum) ? schema.enum : schema.const === undefined ? [] : [schema.const]
  const items = type === 'array' ? flat(document, schema.items) : {}
  const words = stated.length > 0 ? stated : Array.isArray(items.enum) ? (items.enum as unknown[]) : []
  return {
    type: (typeof type === 'string' ? type : 'any') as FieldSchema['type'],
    ...(typeof schema.format === 'string' && { format: schema.format }),
    words: words.filter((word) => word !== null).map(String),
    description: typeof schema.description === 'string' ? schema.description : '',
    isRequired,
    ...(schema.default !== undefined &&
      schema.default !== null &&
      typeof schema.default !== 'object' && { usual: String(schema.default) }),
  }
}

/** Returns the fields of a body by name: those that a form can show, which have one value each. */
export function bodyFields(
  document: unknown,
  pointer: string,
): readonly (readonly [name: string, field: FieldSchema])[] {
  const { properties, required } = flat(document, at(document, pointer))
  if (!isObject(properties)) return []
  return Object.entries(properties)
    .map(
      ([name, schema]) =>
        [name, fieldOf(document, schema, (required as unknown[]).includes(name)), resolve(document, schema)] as const,
    )
    .filter(([, { type }, { readOnly }]) => readOnly !== true && type !== 'object' && type !== 'array')
    .map(([name, field]) => [name, field] as const)
}

/** Returns a text from a form as the JSON that its field asks for. */
export function valueOf(text: string, { type }: FieldSchema): unknown {
  if (type === 'boolean') return text === 'true'
  if ((type === 'integer' || type === 'number') && text.trim() !== '' && Number.isFinite(Number(text)))
    return Number(text)
  return text
}
