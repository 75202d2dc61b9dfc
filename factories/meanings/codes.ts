// Meanings: codes and short words, and what is said of errors.

import { between, oneOf } from '../semantics/meaning.ts'
import type { Draw, ValueMeaning } from '../semantics/meaning.ts'

const colors = ['#1f6feb', '#2da44e', '#bf8700', '#8250df', '#cf222e', '#0969da', '#57606a', '#bc4c00'] as const

/** Short words with fixed spellings: colours, versions, units, how things are connected. */
export const codeMeanings: readonly ValueMeaning[] = [
  {
    label: 'color',
    names:
      'color|color code|hex color|background color|brand color|primary color|text color|accent color|color hex|foreground',
    text: oneOf(colors),
    examples: 'value',
    presence: 0.6,
  },
  {
    label: 'version',
    names:
      'version|api version|app version|schema version|software version|client version|sdk version|revision|release|spec version',
    text: ({ random }) => `${random.int(1, 4)}.${random.int(0, 12)}.${random.int(0, 9)}`,
    examples: 'shape',
    presence: 0.8,
  },
  {
    label: 'application',
    names:
      'app source|application|app|app name|application name|client name app|service|service name|created by app|source app|' +
      'integration name|platform name|client app|user interface|connector|source system',
    text: oneOf(['billing-api', 'invoice-service', 'customer-portal', 'import-worker', 'web-app']),
    examples: 'value',
    presence: 0.9,
  },
  {
    label: 'integration key',
    names: 'platform key|integration key|provider key|connector key',
    text: oneOf(['nled', 'tlyb', 'fnbs']),
    examples: 'shape',
    presence: 0.8,
  },
  {
    label: 'provider',
    names:
      'provider|payment provider|integration|payment gateway|gateway|processor|erp|accounting system|platform|crm|vendor system|' +
      'system|connection|data source|carrier|=source name',
    text: oneOf(['northledger', 'tallybooks', 'finabase']),
    examples: 'value',
    presence: 0.7,
  },
  {
    label: 'environment',
    names: 'environment|env|=mode|deployment|stage env|environment name',
    text: oneOf(['production', 'production', 'sandbox']),
    examples: 'value',
    presence: 0.8,
  },
  {
    label: 'cloud region',
    names: 'aws region|cloud region|data region|hosting region|server region',
    text: oneOf(['eu-central-1', 'us-east-1', 'eu-west-1']),
    examples: 'value',
    presence: 0.5,
  },
  {
    label: 'cloud region',
    names: '=region|=zone|=data center',
    of: 'server instance cluster host node deployment database bucket',
    text: oneOf(['eu-central-1', 'us-east-1', 'eu-west-1']),
    examples: 'value',
    presence: 0.8,
  },
  {
    label: 'unit',
    names: 'unit|unit of measure|uom|unit code|measure unit|unit name|slot unit name|measurement unit|unit label',
    text: oneOf(['hour', 'day', 'month', 'piece', 'seat', 'license']),
    examples: 'value',
    presence: 0.7,
  },
  {
    label: 'authentication',
    names: 'auth type|authentication type|auth method|authentication method|auth scheme|authentication|auth',
    text: oneOf(['oauth2', 'api_key', 'basic']),
    examples: 'value',
    presence: 0.7,
  },
  {
    label: 'scope',
    names: 'scope|permission|missing scope|granted scope|privilege|oauth scope',
    text: oneOf(['invoices:read', 'invoices:write', 'payments:read', 'customers:read', 'customers:write']),
    examples: 'value',
    presence: 0.6,
  },
  {
    label: 'user role',
    names: 'role|user role|access level|permission level|membership|roles|access role|account role',
    text: oneOf(['admin', 'member', 'member', 'viewer', 'accountant']),
    examples: 'value',
    presence: 0.8,
  },
  {
    label: 'data type',
    names: 'data type|value type|field type|input type|column type|type of value',
    text: oneOf(['string', 'number', 'boolean', 'date']),
    examples: 'value',
    presence: 0.9,
  },
  {
    label: 'field name',
    names:
      'field|field name|parameter|parameter name|column|column name|attribute name|property name|loc|=path|pointer|json path|' +
      'missing field|required field|sort field|group by|order by|sort by|dimension|dimension key|group key|aggregation key',
    text: oneOf(['invoice_number', 'customer_id', 'due_date', 'amount', 'currency', 'status']),
    examples: 'value',
    presence: 0.7,
  },
  {
    label: 'field name',
    names: '=value|=name|=key',
    of: 'field parameter column',
    text: oneOf(['invoice_number', 'customer_id', 'due_date', 'amount', 'currency', 'status']),
    examples: 'value',
    presence: 0.9,
  },
  {
    label: 'header name',
    names: 'header|header name',
    text: oneOf(['Content-Type', 'X-Request-Id', 'Accept-Language', 'If-Match']),
    examples: 'value',
    presence: 0.6,
  },
  {
    label: 'setting key',
    names: '=key|setting key|config key|option key|metadata key|setting|option name|=label key',
    text: oneOf(['region', 'default_currency', 'auto_sync', 'company_code', 'sync_interval', 'reminder_days']),
    examples: 'value',
    presence: 0.95,
  },
  {
    label: 'feature',
    names: 'feature|feature flag|product feature|capability|module|available operation|operation|entitlement',
    text: oneOf(['invoicing', 'payments', 'reminders', 'reporting', 'multi_currency']),
    examples: 'value',
    presence: 0.6,
  },
  {
    label: 'cron',
    names: 'cron|cron expression|schedule expression',
    text: oneOf(['0 6 * * *', '0 */4 * * *', '30 2 * * 1']),
    presence: 0.5,
  },
  {
    label: 'quarter',
    names: 'quarter|fiscal quarter',
    text: ({ random }) => `Q${random.int(1, 4)}`,
    number: between(1, 4),
    examples: 'value',
    presence: 0.6,
  },
  {
    label: 'card expiry',
    names: 'card expiry|card expiration|expiry month year',
    text: ({ random }) => `${String(random.int(1, 12)).padStart(2, '0')}/${random.int(28, 31)}`,
    presence: 0.5,
  },
]

/** Where an error is the subject, its text is there; elsewhere there is mostly no error. */
const isReport = ({ clue }: Draw): boolean => !clue.nullable

const sentences = [
  'The request could not be processed.',
  'A required field is missing.',
  'The record does not exist.',
  'The value is not allowed here.',
  'The connected system did not answer in time.',
]
const codes = ['invalid_request', 'not_found', 'validation_failed', 'rate_limited', 'timeout']
const names = ['Bad Request', 'Unauthorized', 'Not Found', 'Conflict', 'Unprocessable Entity', 'Too Many Requests']
const trace =
  'Error: Request timed out\n    at request (/app/src/client.js:118:11)\n    at sync (/app/src/sync.js:42:7)'

/** What goes wrong, which is rare. */
export const faultMeanings: readonly ValueMeaning[] = [
  {
    label: 'error message',
    names:
      'error message|error|error reason|failure reason|failure message|error detail|error description|failure|exception|error text|' +
      'setup error|decline reason|last error|rejection reason|failed reason|warning|fault|exception message|error msg|problem|' +
      'bounce reason',
    text: oneOf(sentences),
    examples: 'value',
    cuts: true,
    presence: 0.04,
  },
  {
    label: 'error name',
    names: '=error',
    text: (draw) => draw.random.pick(isReport(draw) ? names : sentences),
    examples: 'value',
    cuts: true,
    presence: 0.04,
  },
  {
    label: 'error message',
    names: '=message|=description|=reason|=issue|=detail|=text|=title|=info',
    of: 'error fault problem failure exception wrong warning invalid insight validation hint',
    text: oneOf(sentences),
    examples: 'value',
    cuts: true,
    presence: 0.95,
  },
  {
    label: 'error code',
    names:
      'error code|failure code|decline code|error type|error name|agent error code|reason code|failure type|exception type|' +
      'error key|detailed error code',
    text: oneOf(codes),
    number: between(1_000, 1_099),
    examples: 'value',
    presence: 0.04,
  },
  {
    label: 'error code',
    names: '=code|=type|=kind|=name|=issue code',
    of: 'error fault problem failure exception',
    text: oneOf(codes),
    number: between(1_000, 1_099),
    examples: 'value',
    presence: 0.95,
  },
  {
    label: 'error place',
    names: '=location|=in',
    of: 'error fault problem',
    text: oneOf(['body', 'query', 'path']),
    examples: 'value',
    presence: 0.8,
  },
  {
    label: 'stack trace',
    names: 'stack trace|stacktrace|trace|traceback|stack|backtrace|debug|debug info',
    text: () => trace,
    cuts: true,
    presence: 0.02,
  },
  {
    label: 'status name',
    names: '=status text|=status name|=status message|=reason phrase',
    of: 'error fault problem',
    text: oneOf(names),
    examples: 'value',
    presence: 0.9,
  },
  {
    label: 'status name',
    names: 'status text|http status text|reason phrase|status message',
    text: oneOf(['OK', 'OK', 'Created', 'Not Found']),
    examples: 'value',
    presence: 0.7,
  },
]
