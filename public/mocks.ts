/**
 * What users of mocks without a name need.
 *
 * @module proforma/mocks
 */
export { handlersOf, memoryLog, mockModel, readToday, scenarios, withExamples, Worlds } from '../mocks/index.ts'
export { delivererTo, listenFor } from '../mocks/index.ts'
export type {
  Deliverer,
  DeliveryOptions,
  Event,
  ExamplesOptions,
  Faults,
  HandlersOptions,
  InvoiceEdit,
  Log,
  Mock,
  MockedItems,
  MockOptions,
  Scenario,
  ScenarioName,
  Scenarios,
  Snapshot,
  WebhookCall,
  World,
  WorldsOptions,
} from '../mocks/index.ts'
