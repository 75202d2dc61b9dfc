import { mockLimits, serverLimits } from '../../mocks/limits.ts'
import type { ServerLimits } from '../../mocks/limits.ts'
import { option, rate, whole } from './kinds.ts'

const bytes = (least: number) => whole(least, 256_000_000, 'bytes')
const seconds = whole(1, 3600, 'seconds')

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
    kind: whole(1, 1000, 'levels'),
    default: mockLimits.maxDepth,
    says: 'levels of objects and lists in a JSON body; more is answered with 413',
    commands: ['serve'],
  }),
  option({
    name: 'max-items',
    kind: whole(1, 10_000_000),
    default: mockLimits.maxItems,
    says: 'items of a list in a JSON body; more is answered with 413',
    commands: ['serve'],
  }),
  option({
    name: 'max-url',
    kind: whole(100, 1_000_000, 'bytes'),
    default: serverLimits.maxUrl,
    says: 'bytes of a path with its query; more is answered with 414',
    commands: ['serve', 'proxy'],
  }),
  option({
    name: 'max-headers',
    kind: whole(1000, 1_000_000, 'bytes'),
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
    kind: whole(1, 100_000),
    default: serverLimits.maxConnections,
    says: 'connections at once (of each process); requests on more are answered with 503',
    commands: ['serve', 'proxy'],
  }),
  option({
    name: 'max-worlds',
    kind: whole(1, 1_000_000),
    default: mockLimits.maxWorlds,
    says: 'worlds at once; one more, and the one used least lately is forgotten',
    commands: ['serve'],
  }),
  option({
    name: 'webhook-rate',
    kind: rate,
    default: `${mockLimits.webhookRate}/s`,
    says: 'webhook calls at most: 5/s, 100/m; more wait, 200 at most',
    commands: ['serve'],
  }),
  option({
    name: 'graphql-cost',
    kind: whole(1, 1_000_000_000),
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
