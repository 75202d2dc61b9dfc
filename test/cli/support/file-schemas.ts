import { bindingFields, operations, roles } from '../../../spec/index.ts'

/** A JSON Schema (2020-12). */
type Schema = Readonly<Record<string, unknown>>

const flag: Schema = { type: 'boolean' }
const whole: Schema = { type: 'integer', minimum: 0 }
const rate: Schema = { type: 'number', minimum: 0, maximum: 1 }
const status: Schema = { type: 'integer', minimum: 400, maximum: 599 }
const pair: Schema = { type: 'array', items: whole, minItems: 2, maxItems: 2 }

const table = (properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  additionalProperties: false,
  ...(required.length > 0 && { required }),
})

/** Returns the JSON Schema of a scenario file, for editors. */
export const scenarioSchema = (): Schema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'A scenario of proforma',
  ...table({
    $schema: { type: 'string' },
    says: { type: 'string', description: 'One sentence.' },
    invoices: { type: 'integer', minimum: 0, maximum: 1_000_000, description: 'How many invoices there are.' },
    constraints: {
      description: 'What all invoices have in common; days count back from today.',
      ...table({
        newest: { ...whole, description: 'Days since the newest invoice was issued.' },
        span: { ...whole, description: 'Days between the oldest invoice and the newest.' },
        longestTerms: { ...whole, description: 'Most days that are agreed to pay.' },
        isUnsettled: { ...flag, description: 'Nobody settles an invoice, and none is voided or written off.' },
        isDisputed: { ...flag, description: 'Every invoice is disputed.' },
        mixesCurrencies: { ...flag, description: 'Customers are billed in one currency after the other.' },
        part: { ...pair, description: 'Percent of the total that one payment has covered: from and to.' },
      }),
    },
    faults: {
      description: 'What goes wrong on the way. Rates are from 0 to 1.',
      ...table({
        latency: {
          description: 'Milliseconds: a number, from and to, or median and most.',
          anyOf: [whole, pair, table({ median: whole, most: whole }, ['median', 'most'])],
        },
        status: { ...status, description: 'Every request is answered with this status.' },
        errors: {
          description: 'A share of the requests is answered with one of these statuses.',
          ...table({ rate, statuses: { type: 'array', items: status, minItems: 1 } }, ['rate', 'statuses']),
        },
        resets: { ...rate, description: 'A share of the connections is cut before the answer.' },
        truncations: { ...rate, description: 'A share of the answers ends in the middle.' },
        limit: {
          description: 'So many requests pass, then so many are refused with 429.',
          ...table({ passes: whole, refuses: whole, retryAfter: whole }, ['passes', 'refuses', 'retryAfter']),
        },
        isMalformed: { ...flag, description: 'Answers of success break their schema.' },
      }),
    },
  }),
})

/** Roles with what they mean; those of a party also by its side. */
const named = Object.entries(roles).flatMap(([role, { says }]) =>
  (role.startsWith('party.') ? [role, role.replace('party', 'buyer'), role.replace('party', 'seller')] : [role]).map(
    (name) => ({ const: name, description: says }),
  ),
)

/** Returns the JSON Schema of an overlay file with what proforma reads of it, for editors: roles, operations, representation. */
export const overlaySchema = (): Schema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'An OpenAPI Overlay with the roles of proforma',
  type: 'object',
  required: ['overlay', 'actions'],
  properties: {
    overlay: { type: 'string', pattern: '^1\\.\\d' },
    info: { type: 'object', properties: { title: { type: 'string' }, version: { type: 'string' } } },
    extends: { type: 'string', description: 'The document, for people.' },
    actions: {
      type: 'array',
      items: {
        type: 'object',
        required: ['target'],
        properties: {
          target: { type: 'string', description: 'A JSONPath (RFC 9535) into the document.' },
          description: { type: 'string' },
          update: { $ref: '#/$defs/update' },
          remove: flag,
        },
      },
    },
  },
  $defs: {
    update: {
      properties: {
        'x-role': { $ref: '#/$defs/role' },
        'x-operation': { enum: operations, description: 'What an operation does.' },
        'x-representation': {
          description: 'How values are written in the whole document.',
          type: 'object',
          properties: {
            amount: { enum: ['minor', 'major'] },
            direction: { enum: ['receivable', 'payable'] },
            id: { enum: ['uuid', 'integer', 'prefixed', 'token', 'ulid', 'typeid'] },
            date: { enum: ['date', 'date-time'] },
            prefixes: { type: 'object', additionalProperties: { type: 'string' } },
            absent: { enum: ['null', 'omit'] },
            rounding: { enum: ['line', 'total'] },
            voided: { enum: ['owed', 'nothing'] },
            optional: { enum: ['all', 'none', 'realistic'] },
          },
        },
        'x-keyed': { type: 'object', required: ['key', 'value', 'entries'] },
        'x-roles': { type: 'object', description: 'Roles that this API alone has.' },
      },
      additionalProperties: { $ref: '#/$defs/update' },
    },
    name: { anyOf: [{ oneOf: named }, { type: 'string', pattern: '^[a-zA-Z]+\\.[a-zA-Z.]+$' }] },
    role: {
      anyOf: [
        { $ref: '#/$defs/name' },
        { type: 'object', required: ['role'], properties: bindingProperties(), additionalProperties: false },
      ],
    },
  },
})

const types = new Set(['string', 'number', 'object', 'boolean'])

function bindingProperties(): Readonly<Record<string, Schema>> {
  return Object.fromEntries(
    Object.entries(bindingFields).map(([name, words]): [string, Schema] => {
      if (name === 'role' || name === 'of') return [name, { $ref: '#/$defs/name' }]
      return [name, words.every((word) => types.has(word)) ? { type: [...words] } : { enum: [...words] }]
    }),
  )
}
