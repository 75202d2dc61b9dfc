import type { CoverageKind } from '../../contracts/index.ts'
import { flag, option, percents, report, text, word } from './kinds.ts'

/** What is written, and where. */
export const outputOptions = [
  option({
    name: 'to',
    short: 'o',
    kind: text('file'),
    says: 'a file that ends in .ndjson, .json, .csv, .sql (and .gz or .zst) or .parquet, sqlite:file.db, duckdb:file.db, postgres://…, mysql://…, the address of an API, or - for standard output',
    isRequired: true,
    commands: ['seed'],
  }),
  option({
    name: 'to',
    short: 'o',
    kind: text('file'),
    default: '-',
    says: 'a file that ends in .yaml or .json, or - for standard output',
    commands: ['export-examples'],
  }),
  option({
    name: 'to',
    short: 'o',
    kind: text('file'),
    default: '-',
    says: 'a file, or - for standard output',
    commands: ['validator'],
  }),
  option({
    name: 'format',
    kind: word(['ndjson', 'json', 'csv', 'sql']),
    says: 'ndjson, json, csv or sql, for a file named otherwise',
    commands: ['seed'],
  }),
  option({
    name: 'format',
    kind: word(['yaml', 'json']),
    says: 'yaml or json, for a file named otherwise',
    commands: ['export-examples'],
  }),
  option({
    name: 'force',
    short: 'f',
    kind: flag,
    says: 'replace a file that exists',
    commands: ['validator', 'seed', 'export-examples', 'init'],
  }),
  option({
    name: 'report',
    kind: report(['text', 'json', 'junit', 'sarif', 'html', 'markdown', 'ctrf', 'github'], ['text', 'github']),
    says: 'text, github, or with =file: text, json, junit, sarif, html, markdown, ctrf',
    isRepeatable: true,
    commands: ['check'],
  }),
  option({
    name: 'report',
    kind: report(['text', 'json', 'junit', 'sarif', 'html', 'github', 'markdown'], ['text', 'github']),
    says: 'text, github, or with =file: text, json, junit, sarif, html, markdown',
    isRepeatable: true,
    commands: ['diff'],
  }),
  option({
    name: 'min-coverage',
    kind: percents(['operations', 'parameters', 'statuses', 'fields', 'words', 'laws'] satisfies CoverageKind[]),
    says: 'operations=100,fields=80: percent to reach of operations, parameters, statuses, fields, words, laws',
    commands: ['check'],
    config: true,
  }),
  option({
    name: 'update-overlay',
    kind: text('file'),
    says: 'write what answers have and the document lacks as an OpenAPI Overlay',
    commands: ['check'],
  }),
  option({
    name: 'json',
    kind: text('file'),
    says: 'also write what was found to this file',
    commands: ['fuzz'],
    again: false,
  }),
  option({
    name: 'show-values',
    kind: flag,
    says: 'show people and secrets in values that break a rule as they came; otherwise only their form is shown',
    commands: ['check', 'proxy', 'fuzz'],
  }),
  option({ name: 'all', kind: flag, says: 'show safe changes, too', commands: ['diff'] }),
] as const
