/**
 * What users of seeds need.
 *
 * @module proforma/seeds
 */
export { apiDataset, creationDataset, relationalDataset, removeFrom, seedInto, tableNames } from '../seeds/index.ts'
export { duckdbTarget, filesTarget, httpTarget, mysqlTarget, parquetTarget, postgresTarget } from '../seeds/index.ts'
export { sqliteTarget, streamTarget, verifySeeded } from '../seeds/index.ts'
export type {
  Dataset,
  HttpOptions,
  RelationalOptions,
  Seeded,
  SeedOptions,
  SeedTarget,
  Shard,
  Summary,
  TableName,
  Verified,
} from '../seeds/index.ts'
