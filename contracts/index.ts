export { check } from './check.ts'
export { violationCodes } from './check/severity.ts'
export type { SeverityLevel } from './check/severity.ts'
export type { CheckOptions, CheckProgress } from './check/options.ts'
export { nameless, unasked } from './check/reasons.ts'
export { checkRules } from './check/rules.ts'
export type { RuleCode } from './check/rules.ts'
export { conformance } from './conformance.ts'
export type { ReceivedAnswer, Conformance, ConformanceOptions, AnswerReading } from './conformance.ts'
export { coverageKinds, shortOf } from './coverage.ts'
export type { CoverageKind, Covered } from './coverage.ts'
export type { Drift, DriftKind } from './drift.ts'
export { isOverlay, driftOverlay } from './drift/overlay.ts'
export type { Action, Overlay } from './drift/overlay.ts'
export { diff } from './diff.ts'
export type { DocumentChange, Impact } from './diff/change.ts'
export { applyFitting } from './diff/lenient.ts'
export type { Annotated } from './diff/lenient.ts'
export { changesHtml } from './diff/html.ts'
export { changesGithub, changesJunit, changesMarkdown, changesSarif } from './diff/reports.ts'
export type { DocumentComparison } from './diff/verdict.ts'
export { fuzz } from './fuzz.ts'
export { withFuzz } from './fuzz/findings.ts'
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
export { bodyExchanges } from './recorded/bodies.ts'
export type { BodyFile } from './recorded/bodies.ts'
export { harExchanges } from './recorded/har.ts'
export { holds } from './report.ts'
export type { Finding, LawReport, OperationReport, Report, Skip } from './report.ts'
export { ctrfReport } from './reports/ctrf.ts'
export type { Span } from './reports/ctrf.ts'
export { githubReport } from './reports/github.ts'
export { htmlReport } from './reports/html.ts'
export { jsonReport } from './reports/json.ts'
export { junitReport } from './reports/junit.ts'
export { markdownReport } from './reports/markdown.ts'
export { sarifReport } from './reports/sarif.ts'
export { textReport } from './reports/text.ts'
export { show } from './violation.ts'
export type { Severity, Violation } from './violation.ts'
export { isForwarded } from './proxy/hop-by-hop.ts'
export { countHeader, badGatewayOf, upstreamUnreachable } from './proxy/bad-gateway.ts'
export { maskerOf } from './mask.ts'
export type { Masker } from './mask.ts'
export { proxy } from './proxy.ts'
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
