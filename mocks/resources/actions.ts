// Changes an item's status, flags and moments after an action such as cancel or approve.

import { leafAt } from '../../factories/index.ts'
import type { Item } from '../../factories/index.ts'
import { formatDay, formatInstant, isObject, resolve, secondsPerDay, wordsOf } from '../../spec/index.ts'
import type { Instant, Model, Shape } from '../../spec/index.ts'
import { requiredIn } from './written.ts'

/** What an action's verb does to words of a status, where that is not its own participle. */
const outcomes: Readonly<Record<string, readonly string[]>> = {
  pay: ['paid', 'settled', 'succeeded'],
  settle: ['settled', 'paid'],
  send: ['sent', 'open', 'outstanding', 'delivered', 'unpaid'],
  resend: ['sent'],
  finalize: ['finalized', 'open', 'issued', 'sent', 'unpaid'],
  issue: ['issued', 'open', 'sent'],
  book: ['booked', 'open', 'issued'],
  bookkeep: ['booked', 'open', 'issued'],
  post: ['posted', 'open', 'issued'],
  approve: ['approved', 'authorised', 'authorized', 'accepted'],
  authorise: ['authorised', 'approved'],
  authorize: ['authorized', 'approved'],
  accept: ['accepted', 'approved'],
  reject: ['rejected', 'declined', 'refused'],
  decline: ['declined', 'rejected'],
  submit: ['submitted', 'pending', 'sent'],
  publish: ['published', 'active', 'unpaid', 'sent'],
  activate: ['active', 'activated', 'enabled'],
  enable: ['enabled', 'active'],
  unarchive: ['active', 'enabled', 'open'],
  restore: ['active', 'open', 'draft'],
  reactivate: ['active'],
  resume: ['active', 'running'],
  reopen: ['open', 'active'],
  open: ['open'],
  deactivate: ['inactive', 'deactivated', 'disabled'],
  disable: ['disabled', 'inactive'],
  pause: ['paused', 'suspended', 'on_hold'],
  suspend: ['suspended', 'paused'],
  close: ['closed'],
  complete: ['completed', 'complete', 'done', 'finished'],
  finish: ['finished', 'completed', 'done'],
  cancel: ['cancelled', 'canceled', 'void', 'voided'],
  void: ['void', 'voided', 'cancelled', 'canceled'],
  terminate: ['terminated', 'ended', 'cancelled'],
  archive: ['archived'],
  expire: ['expired'],
  refund: ['refunded'],
  remind: [],
  markuncollectible: ['uncollectible', 'written_off'],
  uncollectible: ['uncollectible', 'written_off'],
  writeoff: ['written_off', 'writtenoff', 'uncollectible'],
  markpaid: ['paid', 'marked_as_paid'],
  markaspaid: ['paid', 'marked_as_paid'],
  marksent: ['sent'],
  markassent: ['sent'],
  dispute: ['disputed', 'in_dispute'],
  capture: ['captured', 'succeeded'],
  confirm: ['confirmed', 'succeeded'],
  start: ['started', 'running', 'active', 'in_progress'],
  stop: ['stopped', 'ended'],
  lock: ['locked'],
  unlock: ['unlocked', 'open'],
  verify: ['verified'],
}

/** Returns the words that a status may take when an action is done. */
function wordsAfter(verb: string): string[] {
  const words = wordsOf(verb)
  const together = words.join('')
  const known = outcomes[together] ?? outcomes[words[0] ?? '']
  const participle = together.endsWith('e') ? `${together}d` : `${together}ed`
  return [...(known ?? []), participle, together]
}

const aboutState = /^(?:\w+_)?(?:status|state)$|(?:Status|State)$/

/**
 * Returns an item after an action: its status takes the word of the action where its schema has one, a flag and a moment
 * that are named after it are set. An item of which nothing speaks of the action comes back as it is.
 */
export function afterAction(model: Model, shape: Shape, item: Item, verb: string, now: Instant): Item {
  const wanted = wordsAfter(verb).map(plain)
  const changed: Item = { ...item }
  for (const [name, inner] of shape.properties) {
    const leaf = leafAt(model.document, inner.pointer)
    const own = plain(name.replace(/^(?:is|was|has)_?(?=[A-Z_a-z])/, ''))
    if (aboutState.test(name) && leaf.words) {
      const word = wanted
        .map((after) => leaf.words?.find((one) => plain(String(one)) === after))
        .find((one) => one !== undefined)
      if (word !== undefined) changed[name] = word
    } else if (leaf.types.has('boolean') && wanted.includes(own)) changed[name] = true
    else if (leaf.types.has('boolean') && wanted.some((word) => opposites[word] === own)) changed[name] = false
    else if (wanted.some((word) => own === `${word}at` || own === `${word}on` || own === `${word}date`)) {
      const moment = momentFor(model, inner, now, item[name])
      if (moment !== undefined) changed[name] = moment
    }
  }
  return changed
}

/** Words of a status that things begin with: these in this order, then whichever of the others a schema names first. */
const firstWords = ['draft', 'new', 'created']
const earlyWords = new Set(['pending', 'open', 'unpaid', 'notpaid', 'active', 'enabled'])

const happened = new Set(['paid', 'void', ...Object.values(outcomes).flat()].map((word) => word.replaceAll('_', '')))

/** Returns an item as it begins: in the first state that its schema has, and without moments of what has not happened. */
export function inFirstState(model: Model, shape: Shape, drawn: Item): Item {
  const item: Item = { ...drawn }
  const required = new Set(requiredIn(model, shape.pointer))
  for (const [name, inner] of shape.properties) {
    const leaf = leafAt(model.document, inner.pointer)
    if (aboutState.test(name) && leaf.words) {
      const words = leaf.words
      const word =
        firstWords.map((first) => words.find((one) => plain(String(one)) === first)).find((one) => one !== undefined) ??
        words.find((one) => earlyWords.has(plain(String(one))))
      if (word !== undefined) item[name] = word
    }
    const moment = /^(.+?)(?:at|on|date)$/.exec(plain(name))
    if (!moment || !happened.has(moment[1] as string) || creation.test(name)) continue
    if (leaf.nullable) item[name] = null
    else if (!required.has(name)) delete item[name]
  }
  return item
}

const opposites: Readonly<Record<string, string>> = {
  active: 'archived',
  enabled: 'disabled',
  disabled: 'enabled',
  archived: 'active',
  open: 'closed',
}

const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z]/g, '')

const creation =
  /^(?:created|created_?at|created_?on|creation_?(?:date|time)|date_?created|created_?(?:date|time)|inserted_?at)$/i
const modification =
  /^(?:updated|updated_?at|updated_?on|modified|modified_?at|modified_?on|last_?modified\w*|date_?(?:updated|modified)|updated_?(?:date|time)|modified_?(?:date|time)|last_?updated\w*|changed_?at)$/i
const versioning = /^(?:version|revision|sync_?token|lock_?version|row_?version|rev)$/i

/** Returns an item with the moments and the version number that a server sets whenever it writes. */
export function withMoments(model: Model, shape: Shape, item: Item, now: Instant, before?: Item): Item {
  const written: Item = { ...item }
  for (const [name, inner] of shape.properties) {
    const isPresent = Object.hasOwn(item, name)
    if ((creation.test(name) && before === undefined) || modification.test(name)) {
      const moment = momentFor(model, inner, now, item[name])
      if (moment !== undefined && (isPresent || creation.test(name))) written[name] = moment
    }
    if (versioning.test(name) && before !== undefined) {
      const value = before[name]
      if (typeof value === 'number' && Number.isInteger(value)) written[name] = value + 1
      else if (typeof value === 'string' && /^\d+$/.test(value)) written[name] = String(Number(value) + 1)
    }
  }
  return written
}

/** Returns a moment in the form of a property: ISO text, a day, or seconds or milliseconds since 1970. */
function momentFor(model: Model, shape: Shape, now: Instant, like: unknown): unknown {
  const leaf = leafAt(model.document, shape.pointer)
  if (leaf.format === 'date') return formatDay(Math.floor(now / secondsPerDay))
  if (
    leaf.format === 'date-time' ||
    (leaf.types.has('string') && typeof like === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(like))
  )
    return formatInstant(now)
  if (leaf.types.has('integer') || (leaf.types.has('number') && !leaf.types.has('string'))) {
    const { value: schema } = resolve(model.document, shape.pointer)
    const example = isObject(schema)
      ? (schema.example ?? (Array.isArray(schema.examples) ? (schema.examples as unknown[])[0] : undefined))
      : undefined
    return Math.max(Number(example) || 0, Number(like) || 0) > 1e11 ? now * 1000 : now
  }
  return leaf.types.has('string') && typeof like === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(like)
    ? formatDay(Math.floor(now / secondsPerDay))
    : undefined
}

/** Returns the name of a property by which a client says which version it changes, where a request states an old one. */
export function staleIn(shape: Shape, item: Item, sent: Item): string | undefined {
  return [...shape.properties.keys()].find(
    (name) =>
      versioning.test(name) &&
      sent[name] !== undefined &&
      item[name] !== undefined &&
      String(sent[name]) !== String(item[name]),
  )
}
