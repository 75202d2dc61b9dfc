import { option, whole } from './kinds.ts'

/** What one client may ask of a server. */
export const limitOptions = [
  option({
    name: 'graphql-cost',
    kind: whole(1, 1_000_000_000),
    default: 1_000_000,
    says: 'what a GraphQL document may cost: 1000000 is about a second of work',
    commands: ['serve'],
  }),
] as const
