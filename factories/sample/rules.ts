import type { Form } from './form.ts'
import type { Kind } from './kind.ts'

/** Returns what a form asks of values of a kind, in words: `string with minLength 5 and pattern "^a{3}$"`. */
export function describe(form: Form, kind: Kind): string {
  const rules = [
    ...rulesOf(form, kind),
    ...(form.excluded.length > 0 ? [`none of ${JSON.stringify(form.excluded).slice(0, 80)}`] : []),
  ]
  const name = kind === 'fraction' ? 'number' : kind
  const stated =
    rules.length === 0
      ? name
      : `${name} with ${rules.length > 1 ? `${rules.slice(0, -1).join(', ')} and ` : ''}${rules.at(-1)}`
  return form.exact ? stated : `${stated} that satisfies exactly the branches it should`
}

function rulesOf({ numbers, texts, arrays, objects }: Form, kind: Kind): string[] {
  const quote = (words: readonly string[], keyword: string): string[] =>
    words.map((word) => `${keyword} ${JSON.stringify(word)}`)
  const span = (what: string, { min, max }: { readonly min: number; readonly max: number }): string[] => [
    ...(min > 0 ? [`min${what} ${min}`] : []),
    ...(max < Infinity ? [`max${what} ${max}`] : []),
  ]
  switch (kind) {
    case 'string':
      return [
        ...span('Length', texts),
        ...quote(texts.formats, 'format'),
        ...quote(texts.patterns, 'pattern'),
        ...quote(texts.forbidden, 'no match of'),
      ]
    case 'integer':
    case 'fraction':
      return [
        ...(numbers.min ? [`${numbers.min.open ? 'exclusiveMinimum' : 'minimum'} ${numbers.min.value}`] : []),
        ...(numbers.max ? [`${numbers.max.open ? 'exclusiveMaximum' : 'maximum'} ${numbers.max.value}`] : []),
        ...numbers.multiples.map((of) => `multipleOf ${of}`),
      ]
    case 'array':
      return [
        ...span('Items', arrays),
        ...(arrays.unique ? ['uniqueItems'] : []),
        ...(arrays.contained.length > 0 ? ['contains'] : []),
      ]
    case 'object':
      return [
        ...span('Properties', objects),
        ...(objects.required.size > 0 ? [`required ${[...objects.required].join(', ')}`] : []),
        ...(objects.names.length > 0 ? ['propertyNames'] : []),
      ]
    default:
      return []
  }
}
