export { apiDataset, invoicesOf } from './api.ts'
export { makeHere, makeInThreads, serveBatches } from './batch.ts'
export type { Batch, Compression, EncodedRows, MakeBatches, RowFormat } from './batch.ts'
export { creationDataset, creationsOf } from './creations.ts'
export type { Creation } from './creations.ts'
export { partsIn } from './dataset.ts'
export type {
  Cell,
  Column,
  ColumnType,
  Dataset,
  DatasetPart,
  PartSet,
  Reference,
  RowSink,
  Shard,
  Stage,
  TableSchema,
} from './dataset.ts'
export { duckdbDatabase, duckdbTarget } from './duckdb.ts'
export type { EncodingName } from './encodings.ts'
export { writeFile } from './file.ts'
export type { WriteFileOptions } from './file.ts'
export { filesTarget } from './files.ts'
export { httpTarget } from './http.ts'
export type { HttpOptions } from './http.ts'
export { exportMasker } from './mask/mask.ts'
export type { ExportMasker, MaskedPlace, MaskOptions } from './mask/mask.ts'
export { isKept } from './mask/classify.ts'
export type { ValueKind } from './mask/classify.ts'
export { maskedFile } from './mask/mask-file.ts'
export { mysqlDatabase, mysqlTarget } from './mysql.ts'
export { parquetTarget } from './parquet.ts'
export { postgresDatabase, postgresTarget } from './postgres.ts'
export { relationalDataset, tableNames } from './relational.ts'
export type { MoneyForm, RelationalOptions, TableName } from './relational.ts'
export { removeFrom, seedInto } from './seed.ts'
export type { Seeded, SeedOptions, Todo } from './seed.ts'
export { sqliteDatabase, sqliteTarget } from './sqlite.ts'
export { streamTarget, writeStream } from './stream.ts'
export type { Writable } from './stream.ts'
export { agingGroups } from './summary.ts'
export type { AgingGroup, CurrencySums, Summary } from './summary.ts'
export { partsToWrite } from './target.ts'
export type { Clearing, Provenance, SeedPlan, SeedTarget } from './target.ts'
export { verifySeeded } from './verify.ts'
export type { Discrepancy, Verified, Verifier } from './verify.ts'
export { reportOn } from './report.ts'
export type { ReportedInvoices, ReportedMoney, ReportGroup, SeedReport } from './report.ts'
export { invoicesInDatabase, invoicesInFile } from './report-sources.ts'
export type { InvoiceReading } from './report-sources.ts'
