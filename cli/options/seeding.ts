import { day, flag, names, option, shard, whole, word } from './kinds.ts'

/** How a target is seeded. */
export const seedingOptions = [
  option({
    name: 'as',
    kind: word(['api', 'relational'], 'form'),
    says: "api, the API's own objects, or relational, tables of the books with keys between them",
    otherwise: 'api for JSON, relational for all else',
    commands: ['seed'],
  }),
  option({
    name: 'entities',
    kind: names,
    says: 'what to write: resources of the document, or tables of the books',
    otherwise: 'the invoices of an API, every table of the books',
    commands: ['seed'],
  }),
  option({
    name: 'money',
    kind: word(['decimal', 'minor'], 'form'),
    default: 'decimal',
    says: 'amounts in tables: decimal, in major units, or minor, whole numbers of the minor unit',
    commands: ['seed'],
  }),
  option({
    name: 'epoch',
    kind: day,
    says: 'first day of the books, like 2025-01-01: an invoice is then the same for any number of them, and on any day',
    otherwise: 'that of the first run into a database, else the one with which the newest invoice is of today',
    commands: ['seed'],
  }),
  option({
    name: 'jobs',
    short: 'j',
    kind: whole(1, 64),
    says: 'threads that make what is written',
    otherwise: 'one for each core, one alone for little',
    commands: ['seed'],
  }),
  option({
    name: 'shard',
    kind: shard,
    says: 'write one share of several, like 2/8; job/8 takes its number from JOB_COMPLETION_INDEX',
    commands: ['seed'],
  }),
  option({
    name: 'dry-run',
    kind: flag,
    says: 'say what would be written, and write nothing',
    commands: ['seed'],
  }),
  option({
    name: 'truncate',
    kind: flag,
    says: 'empty the tables of a database first, whoever filled them; asks',
    commands: ['seed'],
  }),
  option({
    name: 'clean',
    kind: flag,
    says: 'take out of a database what this seed has written, and write nothing; asks',
    commands: ['seed'],
  }),
  option({
    name: 'yes',
    short: 'y',
    kind: flag,
    says: 'yes to what --truncate and --clean ask',
    commands: ['seed'],
  }),
  option({
    name: 'progress',
    kind: word(['auto', 'json', 'none'], 'form'),
    default: 'auto',
    says: 'how progress is shown: auto, json (a line a second), none',
    commands: ['seed'],
  }),
] as const
