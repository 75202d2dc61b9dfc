/**
 * What users of documents and models need.
 *
 * @module proforma/spec
 */
export { apiNames, builtIn, compileBuiltIn, loadBuiltIn } from '../spec/index.ts'
export { applyOverlay, compile, optionals, showing } from '../spec/index.ts'
export { Failure, operationOf, resourcesOf, roles } from '../spec/index.ts'
export { formatDay, parseDay } from '../spec/index.ts'
export type {
  ApiName,
  Binding,
  BuiltInApi,
  CoreRole,
  Day,
  Diagnostic,
  Document,
  Fetch,
  InvoiceOf,
  Locate,
  Model,
  Operation,
  Optional,
  Parameter,
  Pointer,
  Resource,
  Resources,
  Role,
  Schemas,
} from '../spec/index.ts'
