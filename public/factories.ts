/**
 * What users of books and generated values need.
 *
 * @module proforma/factories
 */
export {
  agree,
  compileSampler,
  createSamplers,
  factoryOf,
  ledgerOf,
  mixKinds,
  poolsOf,
  Random,
  traits,
} from '../factories/index.ts'
export { suggestionsOf } from '../factories/index.ts'
export type {
  Constraints,
  Entry,
  Factory,
  FactoryOptions,
  InvoiceParams,
  Ledger,
  LedgerOptions,
  LineParams,
  Mix,
  Pace,
  Pools,
  Sampler,
  SamplerOptions,
  Seed,
  TraitName,
} from '../factories/index.ts'
