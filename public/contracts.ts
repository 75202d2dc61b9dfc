/**
 * What users of checks need.
 *
 * @module proforma/contracts
 */
export {
  check,
  checkRecorded,
  conformance,
  diff,
  fuzz,
  judge,
  laws,
  lawsFor,
  proxy,
  replay,
} from '../contracts/index.ts'
export { driftOverlay, exchangeInspector, exchangeRecorder, parseRecording } from '../contracts/index.ts'
export { ctrfReport, githubReport, htmlReport, jsonReport, junitReport, markdownReport } from '../contracts/index.ts'
export { sarifReport, textReport, violationCodes } from '../contracts/index.ts'
export type {
  CheckOptions,
  Conformance,
  DocumentChange,
  DocumentComparison,
  Drift,
  FuzzOptions,
  FuzzReport,
  JudgeOptions,
  Law,
  OperationReport,
  ProxyOptions,
  RecordedExchange,
  RecordedOptions,
  Recording,
  Report,
  ReportedViolation,
  Severity,
  Verdict,
  Violation,
} from '../contracts/index.ts'
