// Declares the options that choose and read documents.

import { commandNames, optionKinds, option } from './kinds.ts'

/** Commands that read a document. */
const reading = commandNames.filter((name) => name !== 'init')
/** Those that read one: `serve` reads several, `diff` two. */
const readingOne = reading.filter((name) => name !== 'serve' && name !== 'diff')

/** Which API a command is about. */
export const documentOptions = [
  option({
    name: 'document',
    kind: optionKinds.text('file'),
    says: 'the same as naming it instead of an API',
    commands: readingOne,
  }),
  option({
    name: 'document',
    kind: optionKinds.text('file'),
    says: 'the same as naming it instead of an API',
    isRepeatable: true,
    commands: ['serve'],
  }),
  option({
    name: 'overlay',
    kind: optionKinds.text('file'),
    says: 'an OpenAPI Overlay that says what parts of the document mean, applied after the built-in one',
    otherwise: 'overlay.yaml beside the document',
    isRepeatable: true,
    commands: readingOne,
  }),
  option({
    name: 'overlay',
    kind: optionKinds.text('file'),
    says: 'an OpenAPI Overlay that says what parts of that document mean',
    otherwise: 'overlay.yaml beside it',
    isRepeatable: true,
    commands: ['serve'],
  }),
  option({
    name: 'overlay',
    kind: optionKinds.text('file'),
    says: 'an OpenAPI Overlay that says what parts of both documents mean',
    otherwise: 'overlay.yaml beside one of them',
    isRepeatable: true,
    commands: ['diff'],
  }),
  option({
    name: 'files',
    kind: optionKinds.text('folder'),
    says: 'a folder whose files that document may name',
    otherwise: 'its own folder only',
    isRepeatable: true,
    commands: reading,
  }),
  option({
    name: 'allow-remote',
    kind: optionKinds.flag,
    says: 'fetch a document that is named by its address, and what documents name on other computers',
    commands: reading,
  }),
  option({
    name: 'no-infer',
    kind: optionKinds.flag,
    says: 'do not infer what a document without roles means',
    commands: [
      'serve',
      'check',
      'proxy',
      'fuzz',
      'validator',
      'seed',
      'report',
      'mask',
      'roles',
      'resources',
      'export-examples',
    ],
  }),
  option({
    name: 'to',
    kind: optionKinds.text('file'),
    says: 'write the inferred roles as an overlay, to be edited and served with',
    commands: ['roles'],
  }),
  option({
    name: 'config',
    kind: optionKinds.text('file'),
    says: 'the configuration file, with settings for each API',
    otherwise: 'proforma.config.json, .js or .mjs here',
    commands: ['check', 'fuzz'],
  }),
  option({
    name: 'api',
    kind: optionKinds.text('name'),
    says: 'APIs to mock',
    otherwise: 'all',
    isVariadic: true,
    commands: ['init'],
  }),
  option({
    name: 'base-url',
    kind: optionKinds.text('address'),
    says: "address that the page asks for the API: https://api.example.com/v2, or / for paths of the page's own origin; each of several APIs is below it by its name",
    otherwise: "the document's server",
    commands: ['init'],
  }),
] as const
