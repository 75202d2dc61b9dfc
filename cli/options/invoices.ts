import type { Optional } from '../../spec/index.ts'
import { day, option, seed, whole, word } from './kinds.ts'

/** Lists, filters and sorts keep some facts of every invoice in memory: about a hundred bytes each. */
const mostInMemory = 10_000_000
/** As `greatestSize` of a ledger. */
const mostInLedger = 2_000_000_000

/** Which invoices there are. */
export const invoiceOptions = [
  option({
    name: 'seed',
    short: 's',
    kind: seed,
    default: 42,
    says: 'same seed, same invoices',
    commands: ['serve', 'seed', 'export-examples'],
  }),
  option({
    name: 'invoices',
    short: 'n',
    kind: whole(0, mostInMemory),
    default: 250,
    says: 'number of invoices',
    commands: ['serve', 'export-examples'],
  }),
  option({
    name: 'invoices',
    short: 'n',
    kind: whole(0, mostInLedger),
    default: 1000,
    says: 'number of invoices',
    commands: ['seed'],
  }),
  option({
    name: 'today',
    kind: day,
    default: 'now',
    says: 'the day it is: now, or a day like 2026-01-15',
    commands: ['serve', 'seed', 'export-examples'],
  }),
  option({
    name: 'optional',
    kind: word(['all', 'none', 'realistic'] satisfies Optional[], 'which'),
    says: 'optional properties: all, none, or realistic, as real data has them',
    commands: ['serve', 'seed', 'export-examples'],
  }),
] as const
