import { nameless, unasked } from '../../contracts/index.ts'
import type { Report } from '../../contracts/index.ts'

/** Returns the options that would let a check do or show what it left out, a line each. */
export const hintsFor = ({ skipped, violations }: Pick<Report, 'skipped' | 'violations'>): string =>
  [
    skipped.some(({ reason }) => reason === unasked) ? '--allow-writes also tries what changes something.\n' : '',
    skipped.some(({ reason }) => reason === nameless) ? '--id names an invoice to ask for.\n' : '',
    violations.some(({ received }) => received.includes('•'))
      ? 'Of people and secrets only the form is shown; --show-values shows all.\n'
      : '',
  ].join('')
