export { bindingFields, parseBinding } from './binding.ts'
export type { Binding, Keyed, KeyedEntry, Match, Word } from './binding.ts'
export type { Representation } from './representation.ts'
export { compile } from './compile.ts'
export type { CompileOptions } from './compile.ts'
export { compileBuiltIn } from './built-in-api.ts'
export type { BuiltInApi } from './built-in-api.ts'
export type { BusinessObject, Occurrence } from './business-object.ts'
export { apiNames, builtIn } from './built-in.ts'
export type { ApiName, InvoiceOf, Schemas } from './built-in.ts'
export { makeCode, mayMakeCode } from './code.ts'
export { exponentOf } from './currency.ts'
export {
  addMonths,
  dayOf,
  formatDay,
  formatInstant,
  formatMsDate,
  localDay,
  parseDay,
  parseInstant,
  partsOf,
  secondsPerDay,
} from './date.ts'
export type { Day, Instant } from './date.ts'
export { decimalsOf, formatDecimal, fromMinor, multiply, parseDecimal, round, toMinor } from './decimal.ts'
export type { Decimal } from './decimal.ts'
export { isObject, resolve } from './document.ts'
export type { Document, Locate, Place, Schema, SchemaObject } from './document.ts'
export { Failure, failure, suggest, withinReason } from './failure.ts'
export type { FailureParts } from './failure.ts'
export { sentenceOf, sentencesOf } from './fault.ts'
export type { Fault, ToldFault } from './fault.ts'
export type { Fetch } from './fetch.ts'
export { isRemote } from './address.ts'
export type { Form } from './form.ts'
export { complaintAbout, keywords, subschemas } from './keywords.ts'
export type { Holding } from './keywords.ts'
export type { Inferred, InferredBinding, Question } from './inference/inferred.ts'
export type { BodyLimits } from './limits.ts'
export { formatMajor, multiplyDivide, toMajor, unitsOf } from './minor.ts'
export type { BoundProperty, Statement } from './layout.ts'
export { nameOf, operationOf, withoutRoles } from './model.ts'
export type { Model, SecurityScheme } from './model.ts'
export { acceptable } from './negotiation.ts'
export { isJson, operationsBelow, replyFor, successOf, usualReply } from './operation.ts'
export type { Content, Operation, Reply } from './operation.ts'
export { optionals, showing } from './optional.ts'
export type { Optional } from './optional.ts'
export { applyOverlay } from './overlay.ts'
export type { Parameter } from './parameter.ts'
export {
  contains,
  intersect,
  minus,
  only,
  pointAt,
  setOf,
  sizeOf,
  spaces,
  union,
  universe,
  words,
} from './pattern/charset.ts'
export type { CharSet } from './pattern/charset.ts'
export { parsePattern } from './pattern/parse.ts'
export { patternOf } from './pattern/pattern.ts'
export type { Pattern } from './pattern/pattern.ts'
export { some, subpatterns } from './pattern/syntax.ts'
export type { Syntax } from './pattern/syntax.ts'
export { at, join, split } from './pointer.ts'
export type { Pointer } from './pointer.ts'
export {
  headerText,
  isHeaderName,
  literal,
  oneLine,
  oneLineJson,
  printable,
  shellQuote,
  shellWord,
  uriComponent,
  uriText,
} from './quote.ts'
export { currencyOf, readAmount, readDay, readInstant, readNumber, readRate, readWords, unitOf } from './read.ts'
export { fittingRoute, judgedSchemas, readRequest, statusOf } from './request.ts'
export { toldByPath } from './request/told.ts'
export type { Flaw, Problem, RawBody, RequestParts, RequestReading } from './request.ts'
export { putAt, valueAt } from './resources/at.ts'
export { nounOf, wordsOf } from './resources/names.ts'
export type { PageFact, PageParameter, Paging } from './resources/paging.ts'
export type {
  Envelope,
  Key,
  ParentKey,
  Relation,
  Resource,
  ResourceAct,
  ResourceOperation,
  Resources,
} from './resources/resource.ts'
export { resourcesOf } from './resources/resources.ts'
export { entityOf, operations, parseRole, roles, termOf } from './roles.ts'
export type { Anchor, CoreRole, Entity, Kind, OperationRole, Role, RoleName, Term } from './roles.ts'
export type { Allowance, CoreEntity, Formula, Mention } from './roles/term.ts'
export { intakes, statuses } from './roles/invoice.ts'
export type { Intake, Status } from './roles/invoice.ts'
export { lostIn, routerOf } from './router.ts'
export type { Matched, MethodNotAllowed, Router } from './router.ts'
export { inheritedTags, tagsOf } from './schema/discriminator.ts'
export { engineFor, engineOf } from './schema/engine.ts'
export type { Check, Engine } from './schema/engine.ts'
export { useValidators } from './schema/written.ts'
export type { Written } from './schema/written.ts'
export { copy, equal, includes } from './schema/equal.ts'
export { hasFormat, ranges } from './schema/formats.ts'
export type { Issue } from './schema/issue.ts'
export type { Mode } from './schema/mode.ts'
export { isMultiple } from './schema/multiple.ts'
export { acceptedBy, challengeOf, isAuthorised } from './security.ts'
export type { Credentials } from './security.ts'
export { serversOf } from './servers.ts'
export type { Shape } from './shape.ts'
export { upgrade } from './upgrade.ts'
export { core, vocabularyOf } from './vocabulary.ts'
export type { Vocabulary } from './vocabulary.ts'
export { invoicesIn, readByRole, saysAmountsOf } from './reader.ts'
