// Builds form fields from the schemas of parameters and bodies.

import type { JSX, TargetedEvent } from 'preact'
import type { OperationFacts, ParameterFacts } from '../calls.ts'
import { parameterKey, parseJson } from './client.ts'

interface FieldProps {
  readonly id: string
  readonly name: string
  readonly field: FieldSchema
  readonly value: string
  readonly note?: string
  readonly onChange: (value: string) => void
}

/** One field of a form, made of its schema. */
export function FormField({ id, name, field, value, note = '', onChange }: FieldProps): JSX.Element {
  const words = field.type === 'boolean' && field.words.length === 0 ? ['true', 'false'] : field.words
  const change = (event: TargetedEvent<HTMLInputElement | HTMLSelectElement>): void =>
    onChange(event.currentTarget.value)
  const says = [note, field.description].filter(Boolean).join(' · ')
  return (
    <div class="field">
      <label for={id}>
        {name}
        {field.isRequired && (
          <span class="must" title="required">
            *<span class="unseen"> required</span>
          </span>
        )}
      </label>
      {words.length > 0 && words.length <= 60 ? (
        <select id={id} value={value} onChange={change}>
          <option value="">{field.usual === undefined ? '' : `${field.usual} (usual)`}</option>
          {words.map((word) => (
            <option key={word} value={word}>
              {word}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          {...(field.format === 'date' ? { type: 'date' } : { type: 'text' })}
          {...((field.type === 'integer' || field.type === 'number') && { inputMode: 'decimal' as const })}
          value={value}
          placeholder={
            field.usual ??
            field.format ??
            (field.type === 'array' ? 'one, another' : field.type === 'any' ? '' : field.type)
          }
          autoComplete="off"
          spellcheck={false}
          onInput={change}
          {...(says !== '' && { 'aria-describedby': `${id}-says` })}
        />
      )}
      {says !== '' && (
        <p id={`${id}-says`} class="says">
          {says}
        </p>
      )}
    </div>
  )
}

interface ParametersProps {
  readonly document: unknown
  readonly operation: OperationFacts
  readonly values: Readonly<Record<string, string>>
  readonly onChange: (name: string, value: string) => void
}

/** Fields for the parameters of an operation; optional ones beyond the first few are folded away. */
export function ParameterFields({ document, operation, values, onChange }: ParametersProps): JSX.Element {
  const shown = operation.parameters.filter(({ in: place }) => place !== 'cookie')
  const isUp = (parameter: ParameterFacts): boolean =>
    parameter.required || (values[parameterKey(parameter.in, parameter.name)] ?? '') !== ''
  const optional = shown.filter((parameter) => !parameter.required)
  const [first, rest] = [optional.slice(0, 4), optional.slice(4)]
  const field = (parameter: ParameterFacts): JSX.Element => {
    const key = parameterKey(parameter.in, parameter.name)
    const schema = fieldOf(document, valueAtPointer(document, parameter.schema), parameter.required)
    return (
      <FormField
        key={key}
        id={`p-${key.replace(/\W/g, '-')}`}
        name={parameter.name}
        note={parameter.in === 'query' ? '' : parameter.in}
        field={{ ...schema, description: parameter.description || schema.description }}
        value={values[key] ?? ''}
        onChange={(value) => onChange(key, value)}
      />
    )
  }
  if (shown.length === 0) return <p class="quiet">It takes no parameters.</p>
  return (
    <>
      {shown.filter(({ required }) => required).map(field)}
      {first.map(field)}
      {rest.length > 0 && (
        <details open={rest.some(isUp)}>
          <summary>{rest.length} more parameters</summary>
          {rest.map(field)}
        </details>
      )}
    </>
  )
}

interface BodyProps {
  readonly document: unknown
  readonly schema: string | undefined
  readonly mediaType: string
  readonly body: string
  readonly onChange: (body: string) => void
}

/** A body as text, and fields for what has one value each: both say the same. */
export function BodyForm({ document, schema, mediaType, body, onChange }: BodyProps): JSX.Element {
  const isJson = /json/.test(mediaType)
  const fields = isJson && schema !== undefined ? bodyFields(document, schema) : []
  const parsed = body.trim() === '' ? {} : parseJson(body)
  const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
  const current = isObject ? (parsed as Readonly<Record<string, unknown>>) : {}
  const set = (name: string, field: FieldSchema, text: string): void => {
    const { [name]: _, ...rest } = current
    onChange(JSON.stringify(text === '' ? rest : { ...current, [name]: jsonOf(text, field) }, null, 2))
  }
  return (
    <fieldset>
      <legend>Body, {mediaType}</legend>
      {isObject && fields.length > 0 && (
        <details open={fields.length <= 6}>
          <summary>{fields.length} fields</summary>
          {fields.slice(0, 60).map(([name, field]) => (
            <FormField
              key={name}
              id={`b-${name.replace(/\W/g, '-')}`}
              name={name}
              field={field}
              value={current[name] === undefined || current[name] === null ? '' : String(current[name])}
              onChange={(text) => set(name, field, text)}
            />
          ))}
        </details>
      )}
      <label for="body" class="unseen">
        Body as text
      </label>
      <textarea
        id="body"
        rows={Math.min(20, Math.max(5, body.split('\n').length))}
        spellcheck={false}
        value={body}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      {isJson && parsed === undefined && <p class="warn-text">This is no JSON yet.</p>}
    </fieldset>
  )
}

/** A schema as far as forms need it. */
export interface FieldSchema {
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object' | 'any'
  readonly format?: string
  readonly words: readonly string[]
  readonly description: string
  readonly isRequired: boolean
  readonly usual?: string
}

/** A schema as the document writes it. */
export type JsonSchema = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Returns what stands at a JSON pointer (RFC 6901). */
export function valueAtPointer(document: unknown, pointer: string): unknown {
  let here = document
  for (const step of pointer.split('/').slice(1)) {
    if (typeof here !== 'object' || here === null) return undefined
    here = (here as JsonSchema)[step.replaceAll('~1', '/').replaceAll('~0', '~')]
  }
  return here
}

/** Returns an object of a document, references followed. */
function resolve(document: unknown, value: unknown, depth = 0): JsonSchema {
  if (!isObject(value)) return {}
  const { $ref: reference, ...rest } = value
  if (typeof reference !== 'string' || !reference.startsWith('#') || depth > 20) return value
  return { ...resolve(document, valueAtPointer(document, decodeURIComponent(reference.slice(1))), depth + 1), ...rest }
}

/** Returns a schema with the branches of `allOf` put together, and the first of `anyOf` and `oneOf` that is not null. */
export function flatSchema(document: unknown, value: unknown, depth = 0): JsonSchema {
  const schema = resolve(document, value)
  if (depth > 6) return schema
  const parts = (Array.isArray(schema.allOf) ? schema.allOf : []).map((part) => flatSchema(document, part, depth + 1))
  const choices = ['anyOf', 'oneOf'].flatMap((word) => (Array.isArray(schema[word]) ? (schema[word] as unknown[]) : []))
  const choice = choices.map((part) => flatSchema(document, part, depth + 1)).find((part) => part.type !== 'null')
  const all = [...parts, ...(choice ? [choice] : []), schema]
  return {
    ...Object.assign({}, ...all),
    properties: Object.assign({}, ...all.map(({ properties }) => properties ?? {})),
    required: all.flatMap(({ required }) => (Array.isArray(required) ? (required as unknown[]) : [])),
  }
}

/** Returns what a form asks for where a schema stands. */
export function fieldOf(document: unknown, value: unknown, isRequired = false): FieldSchema {
  const schema = flatSchema(document, value)
  const [type = 'any'] = [schema.type].flat().filter((one) => one !== 'null')
  const stated = Array.isArray(schema.enum) ? schema.enum : schema.const === undefined ? [] : [schema.const]
  const items = type === 'array' ? flatSchema(document, schema.items) : {}
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
function bodyFields(document: unknown, pointer: string): readonly (readonly [name: string, field: FieldSchema])[] {
  const { properties, required } = flatSchema(document, valueAtPointer(document, pointer))
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
function jsonOf(text: string, { type }: FieldSchema): unknown {
  if (type === 'boolean') return text === 'true'
  if ((type === 'integer' || type === 'number') && text.trim() !== '' && Number.isFinite(Number(text)))
    return Number(text)
  return text
}
