// Joins the API's answers and the control calls of a mock; loaded at the first request.

import type { Fetch, Model } from '../spec/index.ts'
import { controlOf, controlPath } from './control.ts'
import { dispatch } from './dispatch.ts'
import type { DispatchOptions } from './dispatch.ts'
import type { Worlds } from './state/worlds.ts'

export { apiIn } from './context.ts'
export { readRequest } from '../spec/index.ts'
export { makeInvoice, createItem, invoiceWith, setInvoice, changeItem, shownIn } from './edit.ts'

/** Returns the `Fetch` of a mock: it answers its API and control calls. This module is loaded when the first request comes. */
export function answering(model: Model, worlds: Worlds, options: DispatchOptions): Fetch {
  const operate = dispatch(model, worlds, options)
  const control = controlOf(worlds, { models: () => [model] })
  return (request) =>
    request.url.includes(controlPath) && new URL(request.url).pathname.startsWith(controlPath)
      ? control(request)
      : operate(request)
}
