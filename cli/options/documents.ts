import { option, text } from './kinds.ts'

/** Which API a command is about. */
export const documentOptions = [
  option({
    name: 'document',
    kind: text('file'),
    says: 'an OpenAPI document of your own instead',
    commands: ['serve', 'check', 'proxy', 'fuzz', 'validator', 'seed', 'roles', 'resources', 'export-examples'],
  }),
  option({
    name: 'overlay',
    kind: text('file'),
    says: 'an OpenAPI Overlay that says what parts of the document mean, applied after the built-in one',
    otherwise: 'overlay.yaml beside the document',
    isRepeatable: true,
    commands: ['check', 'proxy', 'fuzz', 'validator', 'seed', 'roles', 'resources', 'export-examples'],
  }),
  option({
    name: 'overlay',
    kind: text('file'),
    says: 'an OpenAPI Overlay that says what parts of that document mean',
    otherwise: 'overlay.yaml beside it',
    isRepeatable: true,
    commands: ['serve'],
  }),
  option({
    name: 'overlay',
    kind: text('file'),
    says: 'an OpenAPI Overlay that says what parts of both documents mean',
    otherwise: 'overlay.yaml beside one of them',
    isRepeatable: true,
    commands: ['diff'],
  }),
  option({
    name: 'files',
    kind: text('folder'),
    says: 'a folder whose files that document may name',
    otherwise: 'its own folder only',
    isRepeatable: true,
    commands: ['serve', 'check', 'proxy', 'fuzz', 'validator', 'seed', 'roles', 'export-examples'],
  }),
  option({
    name: 'config',
    kind: text('file'),
    says: 'the configuration file, with settings for each API',
    otherwise: 'proforma.config.json, .js or .mjs here',
    commands: ['check', 'fuzz'],
  }),
  option({
    name: 'api',
    kind: text('name'),
    says: 'APIs to mock',
    otherwise: 'all',
    isVariadic: true,
    commands: ['init'],
  }),
] as const
