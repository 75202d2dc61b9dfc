import type { OperationRole } from '../spec/index.ts'
import type { Resolver } from './context.ts'
import { graphql } from './operations/graphql.ts'
import { acknowledge, claim, settle, submit } from './operations/intake.ts'
import { create, get, pay, remove, sync, update, voidInvoice } from './operations/invoices.ts'
import { list } from './operations/list.ts'
import { changes, message, messages } from './operations/messages.ts'

/** What each sort of operation does. */
export const resolvers: Readonly<Record<OperationRole, Resolver>> = {
  list,
  get,
  create,
  update,
  delete: remove,
  sync,
  pay,
  void: voidInvoice,
  submit,
  claim,
  acknowledge,
  settle,
  messages,
  message,
  changes,
  graphql,
}
