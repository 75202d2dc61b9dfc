/**
 * Gives each Storybook story a mock of its own.
 *
 * @module proforma/storybook
 */

import type { HttpHandler } from 'msw/http'
import { Failure } from '../../spec/index.ts'
import { Business } from '../state/business.ts'
import { handlersOf } from '../handlers.ts'
import type { HandlersOptions } from '../handlers.ts'
import { pinsFor } from '../edit.ts'
import type { Likeness } from '../edit.ts'
import { mockModel } from '../mock.ts'
import type { Mock, MockOptions } from '../mock.ts'

/** What a story shows: a scenario, or invoices of traits and params, below an address. */
export interface StoryOptions extends Likeness, HandlersOptions, Pick<MockOptions, 'scenario' | 'scenarios'> {}

/** Parts of a story that msw-storybook-addon and Storybook read. */
export interface MockedStory {
  readonly parameters: { readonly msw: { readonly handlers: HttpHandler[] } }
  /** Puts everything back before the story is shown again. */
  readonly beforeEach: () => void
}

/**
 * Returns a story's parts over invoices of its own: those of the mock, in a scenario, and all of them with the traits and params
 * that they can have. What happens in one story is seen in no other.
 * @throws Failure for an unknown scenario, trait or param.
 * @example export const Overdue = { ...storyOf(stuut, { scenario: 'overdue' }) }
 */
export function storyOf(
  { model, business: { ledger } }: Pick<Mock, 'model' | 'business'>,
  { traits = [], params = {}, scenario, scenarios, ...options }: StoryOptions = {},
): MockedStory {
  const mocked = mockModel(model, {
    business: new Business(ledger),
    ...(scenario !== undefined && { scenario }),
    ...(scenarios && { scenarios }),
  })
  // A mistake in them shows where they are written, not in the story.
  if (ledger.size > 0) pinsFor(ledger.entry(0), { traits, params })
  let isSet = false
  const set = (): void => {
    if (!isSet) likenAll(mocked.business, { traits, params })
    isSet = true
  }
  const handlers = handlersOf(
    model,
    (request) => {
      set()
      return mocked.fetch(request)
    },
    options,
  )
  return {
    parameters: { msw: { handlers } },
    beforeEach() {
      mocked.reset()
      isSet = false
    },
  }
}

/** An invoice that cannot be so stays as it is. */
function likenAll(business: Business, likeness: Likeness): void {
  for (let index = 0; index < business.ledger.size; index++) {
    const entry = business.find(index)
    const pins = entry && pinsFor(entry, likeness)
    if (!entry || !pins || Object.keys(pins).length === 0) continue
    try {
      business.amend(entry, pins)
    } catch (error) {
      if (!(error instanceof Failure)) throw error
    }
  }
}
