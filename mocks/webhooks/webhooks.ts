// Finds which webhooks an event calls and builds their requests.

import { present, presentationOf } from '../../factories/index.ts'
import { atPointer, failure, formatInstant, isJson, isObject, join, resolve, split, suggest } from '../../spec/index.ts'
import type { Model, Pointer } from '../../spec/index.ts'
import { answersFor } from '../context.ts'
import type { Told } from '../state/worlds.ts'

/** Words for what can happen to an invoice. */
const allTopics = ['created', 'updated', 'deleted', 'finalized', 'paid', 'voided', 'synced'] as const

type Topic = (typeof allTopics)[number]

/** Returns the topics of an event: paying an invoice also updates it, creating it as open also finalizes it. */
function topicsOf({ before, after, event }: Told): Topic[] {
  const became = (status: string): boolean => after?.status === status && before?.status !== status
  const isFinal = (entry: Told['after']): boolean => entry !== undefined && entry.status !== 'draft'
  const holds: Readonly<Record<Topic, boolean>> = {
    created: !before && after !== undefined,
    updated: before !== undefined && after !== undefined,
    deleted: before !== undefined && after === undefined,
    finalized: isFinal(after) && !isFinal(before),
    paid: became('paid'),
    voided: became('void'),
    synced: event.does === 'sync',
  }
  return allTopics.filter((topic) => holds[topic])
}

/** How a receiver tells that a call is genuine: a header whose name and value it chose, or a signature of the body. */
type Proof =
  | { readonly as: 'header' }
  | { readonly as: 'hmac'; readonly header: string; readonly hash: 'SHA-256'; readonly form: string }

/** What an overlay says of a webhook, as `x-webhook`. */
interface Rule {
  /** What happened, and the word for it. */
  readonly on: Partial<Readonly<Record<Topic, string>>>
  /** Where the word, an id of the call, and the moment stand in the body. */
  readonly event?: Pointer
  readonly id?: Pointer
  readonly at?: Pointer
  /** Where the invoice stands by itself, and its schema; otherwise the body's own schema says where. */
  readonly object?: { readonly at: Pointer; readonly schema: Pointer }
  readonly proof?: Proof
}

/** A webhook that a document describes and an overlay explains. */
interface Webhook {
  readonly name: string
  readonly method: string
  /** Where the schema of the body stands. */
  readonly schema: Pointer
  readonly rule: Rule
}

/** A call to be made. */
export interface WebhookCall {
  readonly api: string
  readonly event: string
  readonly world: string
  readonly method: string
  readonly body: string
  readonly proof?: Proof
}

/** Returns the webhooks of a document of which an overlay says when they are called. @throws Failure for an `x-webhook` that cannot be read. */
export function webhooksOf({ document }: Model): Webhook[] {
  const stated = isObject(document.webhooks) ? Object.keys(document.webhooks) : []
  return stated.flatMap((name) =>
    ['post', 'put'].flatMap((method) => {
      const { pointer, value } = resolve(document, join('', 'webhooks', name, method))
      if (!isObject(value) || value['x-webhook'] === undefined) return []
      const content = atPointer(document, join(pointer, 'requestBody', 'content'))
      const mediaType = Object.keys(isObject(content) ? content : {}).find(isJson)
      if (mediaType === undefined)
        throw failure(`read x-webhook at ${pointer}`, { expected: 'a webhook with a JSON body', received: 'none' })
      return [
        {
          name,
          method: method.toUpperCase(),
          schema: join(pointer, 'requestBody', 'content', mediaType, 'schema'),
          rule: ruleAt(value['x-webhook'], join(pointer, 'x-webhook')),
        },
      ]
    }),
  )
}

function ruleAt(stated: unknown, pointer: Pointer): Rule {
  const fail = (expected: string, received: unknown, cure?: string): never => {
    throw failure(`read x-webhook at ${pointer}`, {
      expected,
      received: JSON.stringify(received) ?? 'nothing',
      ...(cure !== undefined && { cure }),
    })
  }
  if (!isObject(stated) || !isObject(stated.on)) return fail('{ on: … }', stated)
  const stranger = Object.keys(stated.on).find((word) => !allTopics.includes(word as Topic))
  if (stranger !== undefined) return fail('what can happen to an invoice', stranger, suggest(stranger, allTopics))
  const { proof } = stated
  const isProof =
    isObject(proof) &&
    (proof.as === 'header' ||
      (proof.as === 'hmac' &&
        proof.hash === 'SHA-256' &&
        typeof proof.header === 'string' &&
        typeof proof.form === 'string'))
  if (proof !== undefined && !isProof) return fail('a proof as header or hmac', proof)
  return stated as unknown as Rule
}

/** Returns the calls that an event leads to, in the API's own form. @param next returns the number of the next call */
export function callsFor(model: Model, webhooks: readonly Webhook[], told: Told, next: () => number): WebhookCall[] {
  const { world, event } = told
  const topics = topicsOf(told)
  const invoice = told.after ?? told.before
  if (!invoice) return []
  return webhooks.flatMap(({ method, schema, rule }) =>
    topics.flatMap((topic): WebhookCall[] => {
      const word = rule.on[topic]
      if (word === undefined) return []
      const answers = answersFor(model, world.business.ledger)
      const subject = { invoice: present(invoice, presentationOf(model)) }
      const body = answers.build(schema, subject)
      if (rule.event !== undefined) put(body, rule.event, word)
      if (rule.id !== undefined) put(body, rule.id, answers.identities.encode('webhook call', next(), 'uuid'))
      if (rule.at !== undefined)
        put(body, rule.at, formatInstant(event.on === 'invoice' ? event.at : invoice.modifiedAt))
      if (rule.object) put(body, rule.object.at, answers.build(rule.object.schema, subject))
      return [
        {
          api: model.name,
          event: word,
          world: world.name,
          method,
          body: JSON.stringify(body),
          ...(rule.proof && { proof: rule.proof }),
        },
      ]
    }),
  )
}

function put(body: unknown, pointer: Pointer, value: unknown): void {
  const steps = split(pointer)
  const holder = atPointer(
    body,
    steps
      .slice(0, -1)
      .map((step) => join('', step))
      .join(''),
  )
  if (isObject(holder)) holder[steps.at(-1) as string] = value
}

/** Returns the header that proves a call, or `undefined` where there is nothing to prove it with. */
export async function proofOf(
  proof: Proof | undefined,
  body: string,
  secret: string | undefined,
): Promise<readonly [name: string, value: string] | undefined> {
  if (!proof || secret === undefined) return undefined
  if (proof.as === 'hmac') return [proof.header, proof.form.replace('{hex}', await sign(body, secret, proof.hash))]
  const colon = secret.indexOf(':')
  return colon > 0 ? [secret.slice(0, colon).trim(), secret.slice(colon + 1).trim()] : ['Authorization', secret]
}

async function sign(body: string, secret: string, hash: string): Promise<string> {
  const text = new TextEncoder()
  const key = await crypto.subtle.importKey('raw', text.encode(secret), { name: 'HMAC', hash }, false, ['sign'])
  return Array.from(new Uint8Array(await crypto.subtle.sign('HMAC', key, text.encode(body))), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}
