import { describe, expect, it } from 'vitest'
import { callsOf } from '../../../factories/story/calls.ts'
import { dateText, dayAt, moneyText, openAt } from '../../../factories/story/facts.ts'
import { disputeOf, disputeReason } from '../../../factories/story/papers.ts'
import { emailsOf } from '../../../factories/story/emails.ts'
import type { Call } from '../../../factories/story/story.ts'
import { sampleEntries, staff } from './entry-fixture.ts'

const told = sampleEntries(560).map((entry) => ({ entry, calls: callsOf(entry, staff) }))
const all = told.flatMap(({ entry, calls }) => calls.map((call) => ({ entry, call })))
const kindOf = ({ findings }: Call): string => findings[0]?.kind ?? ''
const tasksOf = ({ findings }: Call): Call['findings'][number]['tasks'] => findings.flatMap(({ tasks }) => tasks)

describe('calls', () => {
  it('are of every sort', () => {
    expect(new Set(all.map(({ call }) => kindOf(call)))).toEqual(
      new Set(['promise_to_pay', 'dispute', 'payment_inquiry', 'wrong_contact', 'no_answer']),
    )
    expect(new Set(all.map(({ call }) => call.direction))).toEqual(new Set(['inbound', 'outbound']))
    expect(new Set(all.map(({ call }) => call.isAutomated))).toEqual(new Set([true, false]))
  })

  it('are at most two, and only about what is late, disputed or promised', () => {
    for (const { entry, calls } of told) {
      expect(calls.length).toBeLessThanOrEqual(2)
      for (const { startAt } of calls)
        expect(dayAt(startAt) > entry.dueDate || entry.isDisputed || entry.promisedDate !== undefined).toBe(true)
    }
  })

  it('name number, amount and due date in what is said and in the summary', () => {
    for (const { entry, call } of all) {
      const open = moneyText(
        { amount: openAt(entry, call.startAt), currency: entry.currency, exponent: entry.exponent },
        entry.buyer.locale,
      )
      for (const text of [call.turns.map(({ content }) => content).join(' '), call.summary]) {
        for (const fact of [entry.number, open, dateText(entry.dueDate, entry.buyer.locale)])
          expect(text).toContain(fact)
      }
    }
  })

  it('yield the promise that the invoice knows of, and no other', () => {
    for (const { entry, call } of all) {
      const isPromise = kindOf(call) === 'promise_to_pay'
      if (isPromise) expect(entry.promisedDate).toBeDefined()
      const said = call.turns
        .filter(({ role }) => role === 'user')
        .map(({ content }) => content)
        .join(' ')
      if (isPromise)
        for (const text of [said, call.summary, call.findings[0]?.reason])
          expect(text).toContain(dateText(entry.promisedDate as number, entry.buyer.locale))
    }
  })

  it('yield the dispute that the invoice knows of, about the same line', () => {
    for (const { entry, call } of all) {
      if (kindOf(call) !== 'dispute') continue
      expect(entry.isDisputed).toBe(true)
      expect(call.summary).toContain(disputeReason(entry))
      expect(call.turns.map(({ content }) => content).join(' ')).toContain(
        `Line ${(disputeOf(entry)?.line.index ?? 0) + 1} (“${disputeOf(entry)?.line.name}”)`,
      )
    }
  })

  it('are followed by the e-mail that was agreed on', () => {
    const reasons: Readonly<Record<string, string>> = {
      promise_to_pay: 'promise',
      dispute: 'dispute',
      payment_inquiry: 'reply',
      wrong_contact: 'reply',
    }
    for (const { entry, call } of all) {
      const reason = reasons[kindOf(call)]
      const next = emailsOf(entry, staff).find(
        ({ sentAt, direction }) => direction === 'outbound' && sentAt > call.endAt,
      )
      if (reason !== undefined) expect(next?.reason).toBe(reason)
    }
  })

  it('take turns, and leave a message where nobody answers', () => {
    for (const { call } of all) {
      expect(call.isVoicemail).toBe(kindOf(call) === 'no_answer')
      expect(call.ending === 'voicemail_reached').toBe(call.isVoicemail)
      for (const [index, { role }] of call.turns.entries())
        if (index > 0) expect(role).not.toBe(call.turns[index - 1]?.role)
      expect(call.endAt - call.startAt).toBeGreaterThan(15)
      expect(call.endAt - call.startAt).toBeLessThan(300)
    }
  })

  it('ring at the number of the buyer’s contact, from the seller’s', () => {
    for (const { entry, call } of all) {
      const numbers = [call.agent.phone, entry.seller.phone]
      const [ours, theirs] = call.direction === 'outbound' ? [call.from, call.to] : [call.to, call.from]
      expect(numbers).toContain(ours)
      expect(theirs).toBe(entry.buyer.people[0]?.phone)
    }
  })

  it('leave tasks that are closed once the invoice is, or once they are done', () => {
    for (const { entry, call } of all) {
      for (const task of tasksOf(call)) {
        expect(task.action !== undefined && task.closeReason !== undefined).toBe(task.status === 'closed')
        if (entry.status === 'paid') expect(task).toMatchObject({ status: 'closed', action: 'complete' })
        if (entry.status === 'void' || entry.status === 'uncollectible') expect(task.status).toBe('closed')
        if (['promise_to_pay', 'dispute'].includes(task.kind) && entry.status === 'overdue')
          expect(task.status).toBe('open')
        expect(task.event).toMatchObject({ name: 'call.completed', at: call.endAt })
      }
    }
  })

  it('are understood with a confidence of two places that its reason agrees with', () => {
    for (const { confidence, confidenceReason, uncertainties } of all.flatMap(({ call }) => call.findings)) {
      expect(Math.round(confidence * 100) / 100).toBe(confidence)
      expect(confidence >= 0.9).toBe(uncertainties.length === 0)
      expect(confidenceReason.includes('open')).toBe(uncertainties.length > 0)
    }
  })
})
