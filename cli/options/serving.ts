import { flag, option, text, whole, word } from './kinds.ts'

const port = whole(0, 65_535)

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
    kind: text('name'),
    default: '127.0.0.1',
    says: 'address to listen on; 0.0.0.0 listens on every interface',
    commands: ['serve', 'proxy'],
  }),
  option({
    name: 'prefix',
    kind: text('path'),
    says: 'serve one API under this path alone, several under this path and their names',
    otherwise: 'one under its name, the path of its servers, and the root; several under their names',
    commands: ['serve'],
  }),
  option({
    name: 'engine',
    kind: word(['native', 'prism']),
    default: 'native',
    says: 'native, or prism: the same answers, validated by Prism',
    commands: ['serve'],
  }),
  option({
    name: 'scenario',
    kind: text('name'),
    says: "a state to begin in: empty, overdue, partially-paid, slow, flaky, ..., or a file of one's own",
    isRepeatable: true,
    commands: ['serve'],
  }),
  option({
    name: 'state',
    kind: text('place'),
    says: 'where what happens is kept over a restart: a file, or redis://host:port for servers that answer as one',
    commands: ['serve'],
    env: 'PROFORMA_STATE',
  }),
  option({
    name: 'cluster',
    kind: whole(1, 256),
    isBare: true,
    says: 'serve with this many processes that answer as one; as many as there are processors, unless told',
    commands: ['serve'],
  }),
  option({
    name: 'no-auth',
    kind: flag,
    says: 'answer requests without credentials, too',
    commands: ['serve'],
  }),
  option({
    name: 'examples',
    kind: flag,
    says: 'answer with the examples of the document where it has them; what is sent to these operations is not kept',
    commands: ['serve'],
  }),
  option({
    name: 'no-watch',
    kind: flag,
    says: 'do not read files again when they change',
    commands: ['serve'],
  }),
  option({
    name: 'webhook-url',
    kind: text('url'),
    says: 'where webhooks are called when something happens',
    commands: ['serve'],
  }),
  option({
    name: 'webhook-secret',
    kind: text('secret'),
    says: 'what they are signed with, or the header that proves them: Name: value',
    commands: ['serve'],
    env: 'PROFORMA_WEBHOOK_SECRET',
  }),
  option({
    name: 'allow-remote-webhooks',
    kind: flag,
    says: 'call webhooks on other computers, too',
    commands: ['serve'],
  }),
  option({
    name: 'replay',
    kind: text('folder'),
    says: 'answer what proxy --record kept in this folder instead',
    commands: ['serve'],
  }),
  option({
    name: 'fail',
    kind: flag,
    says: 'answer 502 instead of what breaks the contract; implies --wait',
    commands: ['proxy'],
  }),
  option({
    name: 'wait',
    kind: flag,
    says: 'hold each answer back until all of it has been checked',
    commands: ['proxy'],
  }),
  option({
    name: 'record',
    kind: text('folder'),
    says: 'keep every exchange there, people and secrets masked; for serve --replay and check --bodies',
    commands: ['proxy'],
  }),
  option({
    name: 'salt',
    kind: text('text'),
    says: 'a secret that makes masks differ from those of others',
    commands: ['proxy'],
    env: 'PROFORMA_SALT',
  }),
] as const
