export {
  decimalsOf,
  exponentOf,
  formatDecimal,
  formatMajor,
  fromMinor,
  multiply,
  multiplyDivide,
  parseDecimal,
  round,
  toMajor,
  toMinor,
  unitsOf,
} from './amounts.ts'
export type { Decimal } from './amounts.ts'
export { bindingFields, parseBinding } from './binding.ts'
export type { Binding, Keyed } from './binding.ts'
export { builtIn } from './built-in.ts'
export type { ApiName, InvoiceOf, Operations, Schemas } from './built-in.ts'
export type { BusinessObject, Occurrence } from './business-object.ts'
export { compile } from './compile.ts'
export {
  addMonths,
  dayOf,
  dayRange,
  formatDay,
  formatInstant,
  formatMsDate,
  isInRange,
  localDay,
  parseDay,
  parseInstant,
  partsOf,
  secondsPerDay,
} from './date.ts'
export type { Day, Instant } from './date.ts'
export { isObject, isRemote, resolve, serversOf } from './document.ts'
export type { Document, Locate, Place, Schema, SchemaObject } from './document.ts'
export { Failure, failure, sentencesOf, suggest, withinReason } from './failure.ts'
export type { Diagnostic, FailureParts, ToldDiagnostic } from './failure.ts'
export type { Inferred } from './inference/inferred.ts'
export { complaintAbout, keywords, subschemas } from './keywords.ts'
export type { ObjectForm } from './layout.ts'
export type { BodyLimits } from './limits.ts'
export { apiNames, checkApiName, loadBuiltIn } from './load-built-in.ts'
export { compileBuiltIn, nameOf, operationOf, optionals, showing, withoutRoles } from './model.ts'
export type { BuiltInApi, Model, Optional, Representation, SecurityScheme } from './model.ts'
export { acceptable } from './negotiation.ts'
export { isJson, operationsBelow, replyFor, successOf, usualReply } from './operation.ts'
export type { Content, Operation, Parameter, Reply } from './operation.ts'
export { applyOverlay } from './overlay.ts'
export {
  contains,
  intersect,
  minus,
  only,
  pointAt,
  setOf,
  sizeOf,
  spaceCharacters,
  union,
  universe,
  wordCharacters,
} from './pattern/charset.ts'
export type { CharSet } from './pattern/charset.ts'
export { parsePattern, some, subpatterns } from './pattern/parse.ts'
export type { Syntax } from './pattern/parse.ts'
export { patternOf } from './pattern/pattern.ts'
export type { Pattern } from './pattern/pattern.ts'
export { atPointer, join, split } from './pointer.ts'
export type { Pointer } from './pointer.ts'
export {
  headerText,
  isHeaderName,
  literal,
  oneLine,
  oneLineJson,
  printable,
  printableData,
  printableJson,
  shellQuote,
  shellWord,
  uriComponent,
  uriText,
  percentDecoded,
} from './quote.ts'
export {
  currencyOf,
  invoicesIn,
  readAmount,
  readByRole,
  readDay,
  readInstant,
  readNumber,
  readRate,
  readWords,
  saysAmountsOf,
  unitOf,
} from './reader.ts'
export { hiddenValue, isConfidentialName, isCredentialName, textWithoutConfidential } from './confidential.ts'
export { formValue } from './request/cast.ts'
export { shortJson } from './request/problem.ts'
export { fittingRoute, judgedSchemas, readRequest, statusOf, toldByPath } from './request/request.ts'
export type { Fetch, Problem, RequestParts, RequestReading } from './request/request.ts'
export { nounOf, wordsOf } from './resources/names.ts'
export type { PageFact, Paging } from './resources/paging.ts'
export { putAt, valueAt } from './resources/places.ts'
export type { Envelope, Relation, Resource, ResourceOperation, Resources } from './resources/resource.ts'
export { resourcesOf } from './resources/resources.ts'
export { entityOf, operations, parseRole, roles, termOf } from './roles.ts'
export type { Anchor, CoreRole, Entity, Kind, OperationRole, Role, RoleName, Term } from './roles.ts'
export { intakes, statuses } from './roles/invoice.ts'
export type { Intake, Status } from './roles/invoice.ts'
export type { CoreEntity, Formula, Mention } from './roles/term.ts'
export { lostIn, routerOf } from './router.ts'
export type { Matched, MethodNotAllowed, Router } from './router.ts'
export { inheritedTags, tagsOf } from './schema/discriminator.ts'
export { engineFor, engineOf } from './schema/engine.ts'
export type { Engine, Mode } from './schema/engine.ts'
export { usePrecompiled } from './schema/precompiled.ts'
export type { PrecompiledValidators } from './schema/precompiled.ts'
export { hasFormat, integerRanges } from './schema/formats.ts'
export type { Issue } from './schema/issue.ts'
export { copy, equal, includes, isMultiple } from './schema/runtime.ts'
export { acceptedBy, challengeOf, isAuthorised } from './security.ts'
export type { Shape } from './shape.ts'
