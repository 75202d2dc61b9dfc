// Declares the options of servers and their limits.

import { mockLimits, serverLimits } from '../../mocks/http/limits.ts'
import type { ServerLimits } from '../../mocks/http/limits.ts'
import { optionKinds, option } from './kinds.ts'

const port = optionKinds.integer(0, 65_535)

/** Where and how to serve. */
export const servingOptions = [
  option({
    name: 'port',
    short: 'p',
    kind: port,
    default: 4010,
    says: 'port to listen on; 0 takes any free one',
    commands: ['serve'],
  }),
  option({
    name: 'port',
    short: 'p',
    kind: port,
    default: 4020,
    says: 'port to listen on; 0 takes any free one',
    commands: ['proxy'],
  }),
  option({
    name: 'host',
    kind: optionKinds.text('name'),
    default: '127.0.0.1',
    says: 'address to listen on; 0.0.0.0 listens on every interface',
    commands: ['serve', 'proxy'],
  }),
  option({
    name: 'prefix',
    kind: optionKinds.text('path'),
    says: 'serve one API under this path alone, several under this path and their names',
    otherwise: 'one under its name, the path of its servers, and the root; several under their names',
    commands: ['serve'],
  }),
  option({
    name: 'engine',
    kind: optionKinds.choice(['native', 'prism']),
    default: 'native',
    says: 'native, or prism: the same answers, validated by Prism',
    commands: ['serve'],
  }),
  option({
    name: 'rows',
    kind: optionKinds.pair('pair', '=', 'plans=200'),
    says: 'how many items a resource has, by the name that the command resources prints; for invoices, --invoices',
    isRepeatable: true,
    commands: ['serve'],
  }),
  option({
    name: 'scenario',
    kind: optionKinds.text('name'),
    says: "a state to begin in: empty, overdue, partially-paid, slow, flaky, ..., or a file of one's own",
    isRepeatable: true,
    commands: ['serve'],
  }),
  option({
    name: 'state',
    kind: optionKinds.text('place'),
    says: 'where what happens is kept over a restart: a file, or redis://host:port for servers that answer as one',
    commands: ['serve'],
    env: 'PROFORMA_STATE',
  }),
  option({
    name: 'cluster',
    kind: optionKinds.integer(1, 256),
    isBare: true,
    says: 'serve with this many processes that answer as one; as many as there are processors, unless told',
    commands: ['serve'],
  }),
  option({
    name: 'no-auth',
    kind: optionKinds.flag,
    says: 'answer requests without credentials, too',
    commands: ['serve'],
  }),
  option({
    name: 'examples',
    kind: optionKinds.flag,
    says: 'answer with the examples of the document where it has them; what is sent to these operations is not kept',
    commands: ['serve'],
  }),
  option({
    name: 'links',
    kind: optionKinds.choice(['own', 'data']),
    default: 'own',
    says: 'own: links in the data to pages, PDFs and pictures lead to this server, which has them; data: they stay as they are',
    commands: ['serve'],
  }),
  option({
    name: 'handlers',
    kind: optionKinds.text('file'),
    says: "MSW handlers of one's own that answer first; read again when the file changes",
    commands: ['serve'],
  }),
  option({
    name: 'upstream',
    kind: optionKinds.address('base'),
    says: 'the real API, asked for what --forward names and for requests with Prefer: upstream; the mock answers the rest',
    commands: ['serve'],
  }),
  option({
    name: 'forward',
    kind: optionKinds.text('operation'),
    says: 'an operation that the real API answers, by its id',
    isRepeatable: true,
    commands: ['serve'],
  }),
  option({
    name: 'log',
    kind: optionKinds.choice(['text', 'json'], 'form'),
    default: 'text',
    says: 'one line for each request: method, path, status, milliseconds, world, and what was not understood',
    commands: ['serve'],
  }),
  option({
    name: 'verbose',
    kind: optionKinds.flag,
    says: 'show headers and bodies of requests and answers, too; secrets are masked',
    commands: ['serve'],
  }),
  option({
    name: 'quiet',
    short: 'q',
    kind: optionKinds.flag,
    says: 'say nothing about requests',
    commands: ['serve'],
  }),
  option({
    name: 'no-desk',
    kind: optionKinds.flag,
    says: 'serve no page to look at for browsers, at /',
    commands: ['serve'],
  }),
  option({
    name: 'save-overlay',
    kind: optionKinds.flag,
    says: 'let the desk save corrected roles: to the last --overlay, else to overlay.yaml beside the document',
    commands: ['serve'],
  }),
  option({
    name: 'no-watch',
    kind: optionKinds.flag,
    says: 'do not read files again when they change',
    commands: ['serve'],
  }),
  option({
    name: 'webhook-url',
    kind: optionKinds.text('url'),
    says: 'where webhooks are called when something happens',
    commands: ['serve'],
  }),
  option({
    name: 'webhook-secret',
    kind: optionKinds.text('secret'),
    says: 'what they are signed with, or the header that proves them: Name: value',
    commands: ['serve'],
    env: 'PROFORMA_WEBHOOK_SECRET',
  }),
  option({
    name: 'allow-remote-webhooks',
    kind: optionKinds.flag,
    says: 'call webhooks on other computers, too',
    commands: ['serve'],
  }),
  option({
    name: 'replay',
    kind: optionKinds.text('folder'),
    says: 'answer what proxy --record kept in this folder instead',
    commands: ['serve'],
  }),
  option({
    name: 'fail',
    kind: optionKinds.flag,
    says: 'answer 502 instead of what breaks the contract; implies --wait',
    commands: ['proxy'],
  }),
  option({
    name: 'wait',
    kind: optionKinds.flag,
    says: 'hold each answer back until all of it has been checked',
    commands: ['proxy'],
  }),
  option({
    name: 'record',
    kind: optionKinds.text('folder'),
    says: 'keep every exchange there, people and secrets masked; for serve --replay and check --bodies',
    commands: ['proxy'],
  }),
  option({
    name: 'salt',
    kind: optionKinds.text('text'),
    says: 'a secret that makes masks differ from those of others',
    commands: ['proxy'],
    env: 'PROFORMA_SALT',
  }),
] as const

const bytes = (least: number) => optionKinds.integer(least, 256_000_000, 'bytes')
const seconds = optionKinds.integer(1, 3600, 'seconds')

/** What clients may ask of a server. */
export const limitOptions = [
  option({
    name: 'max-body',
    kind: bytes(1),
    default: serverLimits.maxBody,
    says: 'bytes of a request body; more is answered with 413',
    commands: ['serve'],
  }),
  option({
    name: 'max-depth',
    kind: optionKinds.integer(1, 1000, 'levels'),
    default: mockLimits.maxDepth,
    says: 'levels of objects and lists in a JSON body; more is answered with 413',
    commands: ['serve'],
  }),
  option({
    name: 'max-items',
    kind: optionKinds.integer(1, 10_000_000),
    default: mockLimits.maxItems,
    says: 'items of a list in a JSON body; more is answered with 413',
    commands: ['serve'],
  }),
  option({
    name: 'max-url',
    kind: optionKinds.integer(100, 1_000_000, 'bytes'),
    default: serverLimits.maxUrl,
    says: 'bytes of a path with its query; more is answered with 414',
    commands: ['serve', 'proxy'],
  }),
  option({
    name: 'max-headers',
    kind: optionKinds.integer(1000, 1_000_000, 'bytes'),
    default: serverLimits.maxHeaders,
    says: 'bytes of all header fields of a request; more is answered with 431',
    commands: ['serve', 'proxy'],
  }),
  option({
    name: 'header-timeout',
    kind: seconds,
    default: serverLimits.headerTimeout / 1000,
    says: 'seconds for the header of a request to come; then the answer is 408',
    commands: ['serve', 'proxy'],
  }),
  option({
    name: 'request-timeout',
    kind: seconds,
    default: serverLimits.requestTimeout / 1000,
    says: 'seconds for the body of a request to come; then the answer is 408',
    commands: ['serve'],
  }),
  option({
    name: 'request-timeout',
    kind: seconds,
    default: 300,
    says: 'seconds for the body of a request to come, which passes as it comes; then the answer is 408',
    commands: ['proxy'],
  }),
  option({
    name: 'max-connections',
    kind: optionKinds.integer(1, 100_000),
    default: serverLimits.maxConnections,
    says: 'connections at once (of each process); requests on more are answered with 503',
    commands: ['serve', 'proxy'],
  }),
  option({
    name: 'max-worlds',
    kind: optionKinds.integer(1, 1_000_000),
    default: mockLimits.maxWorlds,
    says: 'worlds at once; one more, and the one used least lately is forgotten',
    commands: ['serve'],
  }),
  option({
    name: 'webhook-rate',
    kind: optionKinds.rate,
    default: `${mockLimits.webhookRate}/s`,
    says: 'webhook calls at most: 5/s, 100/m; more wait, 200 at most',
    commands: ['serve'],
  }),
  option({
    name: 'graphql-cost',
    kind: optionKinds.integer(1, 1_000_000_000),
    default: mockLimits.graphqlCost,
    says: 'what a GraphQL document may cost: 1000000 is about a second of work',
    commands: ['serve'],
  }),
] as const

/** Returns the limits of what reaches a server, in the units of the server. */
export const connectionLimits = ({
  maxUrl,
  maxHeaders,
  maxConnections,
  headerTimeout,
  requestTimeout,
}: Omit<ServerLimits, 'maxBody'>): Omit<ServerLimits, 'maxBody'> => ({
  maxUrl,
  maxHeaders,
  maxConnections,
  headerTimeout: headerTimeout * 1000,
  requestTimeout: requestTimeout * 1000,
})
