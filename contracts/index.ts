export { check } from './check.ts'
export { violationCodes, checkRules } from './check/rules.ts'
export type { SeverityLevel, RuleCode } from './check/rules.ts'
export type { CheckOptions, CheckProgress } from './check/options.ts'
export { noIdKnown, writesNotAllowed, holds, jsonReport } from './report.ts'
export { conformance } from './conformance.ts'
export type { ReceivedAnswer, Conformance, ConformanceOptions, AnswerReading } from './conformance.ts'
export { coverageKinds, shortOf } from './coverage.ts'
export type { CoverageKind, Covered } from './coverage.ts'
export type { Drift, DriftKind, Action, Overlay } from './drift.ts'
export { isOverlay, driftOverlay } from './drift.ts'
export { diff } from './diff.ts'
export type { DocumentChange, Impact, DocumentComparison } from './diff/change.ts'
export { applyFitting } from './diff/lenient.ts'
export type { Annotated } from './diff/lenient.ts'
export { changesHtml, changesGithub, changesJunit, changesMarkdown, changesSarif } from './diff/reports.ts'
export { fuzz } from './fuzz.ts'
export { withFuzz } from './fuzz/report.ts'
export type { FuzzOptions, FuzzReport } from './fuzz.ts'
export type { FuzzFailure, PropertyReport } from './fuzz/report.ts'
export { judge, judgeObject } from './judge.ts'
export type { JudgeOptions, Verdict } from './judge.ts'
export { applies, clause } from './law.ts'
export type { AskedFor, LawFinding, Clause, LawContext, Judge, Law, Need } from './law.ts'
export { laws, lawsFor } from './laws.ts'
export { contractSuite, matchers, toAddUp, toHonourContract, toMatchSchema } from './matchers.ts'
export type {
  Api,
  ContractMatchers,
  ContractOptions,
  MatcherOptions,
  MatcherResult,
  Runner,
  TestContext,
} from './matchers.ts'
export { checkRecorded } from './recorded.ts'
export type { RecordedExchange, RecordedOptions } from './recorded.ts'
export { bodyExchanges, harExchanges } from './recorded-files.ts'
export type { BodyFile } from './recorded-files.ts'
export type { ReportedViolation, LawReport, OperationReport, Report, Skip } from './report.ts'
export { ctrfReport, junitReport } from './reports/tests.ts'
export type { Span } from './reports/tests.ts'
export { githubReport } from './reports/github.ts'
export { htmlReport } from './reports/html.ts'
export { escapeMarkdown, markdownReport } from './reports/markdown.ts'
export { sarifReport } from './reports/sarif.ts'
export { textReport } from './reports/text.ts'
export { shownJson } from './violation.ts'
export type { Severity, Violation } from './violation.ts'
export { isForwarded, countHeader, badGatewayOf, upstreamUnreachable, proxy } from './proxy.ts'
export { maskerOf } from './mask/masker.ts'
export type { Masker } from './mask/masker.ts'
export type { ProxyOptions } from './proxy.ts'
export { parseRecording, exchangeRecorder, recordingName } from './recording.ts'
export type { ExchangeRecorder, Recording } from './recording.ts'
export { replay } from './replay.ts'
export { exchangeInspector } from './exchange-inspector.ts'
export type {
  InspectedExchange,
  ExchangeViolation,
  HttpExchange,
  HttpAnswer,
  ExchangeInspector,
  ExchangeInspectorOptions,
} from './exchange-inspector.ts'
