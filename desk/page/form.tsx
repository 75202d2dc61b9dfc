import type { JSX, TargetedEvent } from 'preact'
import type { OperationFacts, ParameterFacts } from '../calls.ts'
import { parseJson, slot } from './client.ts'
import { at, bodyFields, fieldOf, valueOf } from './schema.ts'
import type { FieldSchema } from './schema.ts'

interface FieldProps {
  readonly id: string
  readonly name: string
  readonly field: FieldSchema
  readonly value: string
  readonly note?: string
  readonly onChange: (value: string) => void
}

/** One field of a form, made of its schema. */
export function Field({ id, name, field, value, note = '', onChange }: FieldProps): JSX.Element {
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
    parameter.required || (values[slot(parameter.in, parameter.name)] ?? '') !== ''
  const optional = shown.filter((parameter) => !parameter.required)
  const [first, rest] = [optional.slice(0, 4), optional.slice(4)]
  const field = (parameter: ParameterFacts): JSX.Element => {
    const key = slot(parameter.in, parameter.name)
    const schema = fieldOf(document, at(document, parameter.schema), parameter.required)
    return (
      <Field
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
    onChange(JSON.stringify(text === '' ? rest : { ...current, [name]: valueOf(text, field) }, null, 2))
  }
  return (
    <fieldset>
      <legend>Body, {mediaType}</legend>
      {isObject && fields.length > 0 && (
        <details open={fields.length <= 6}>
          <summary>{fields.length} fields</summary>
          {fields.slice(0, 60).map(([name, field]) => (
            <Field
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
