import { describe, expect, it } from 'vitest'
import type { Entry } from '../../../factories/ledger/entry.ts'
import { assigneeOf, endOf, moneyText } from '../../../factories/story/facts.ts'
import type { Story } from '../../../factories/story/story.ts'
import { tell } from '../../../factories/story/story.ts'
import { entryFixture, sampleEntries, staff } from './entry-fixture.ts'

const entries = sampleEntries(420)
const stories = entries.map((entry) => ({ entry, story: tell(entry, staff) }))

const where = ({ key, status }: Entry): string => `key ${key}, ${status}`

/** Every moment of a story, list by list in the order told. */
const clocks = ({ emails, calls, files }: Story): number[][] => [
  emails.map(({ sentAt }) => sentAt),
  calls.flatMap(({ startAt, endAt, findings }) => [
    startAt,
    endAt,
    ...findings.flatMap(({ createdAt, tasks }) => [createdAt, ...tasks.map((task) => task.createdAt)]),
  ]),
  calls.flatMap(({ endAt, findings }) =>
    findings.flatMap(({ tasks }) =>
      tasks.flatMap(({ event, modifiedAt, createdAt }) => [endAt, event.at, createdAt, modifiedAt]),
    ),
  ),
  files.map(({ createdAt }) => createdAt),
]

/** Every text that people read. */
const texts = ({ emails, calls, matches, capturedEmail }: Story): string[] => [
  ...[...emails, capturedEmail].flatMap(({ subject, body }) => [subject, body]),
  ...calls.flatMap(({ reason, summary, turns, findings }) => [
    reason,
    summary,
    ...turns.map(({ content }) => content),
    ...findings.flatMap((finding) => [
      finding.reason,
      finding.recommendation,
      finding.confidenceReason,
      finding.replyReason,
      ...finding.uncertainties,
      ...finding.tasks.flatMap(({ label, description, closeReason, event }) => [
        label,
        description,
        event.message,
        ...(closeReason === undefined ? [] : [closeReason]),
      ]),
    ]),
  ]),
  ...matches.map(({ reason }) => reason),
]

describe('a story', () => {
  it('tells things in the order in which they happened, from the making of the invoice to the end of today', () => {
    for (const { entry, story } of stories) {
      for (const [index, moments] of clocks(story).entries()) {
        if (index !== 2) expect(moments, where(entry)).toEqual(moments.toSorted((left, right) => left - right))
        for (const moment of moments) {
          expect(moment, where(entry)).toBeGreaterThanOrEqual(entry.createdAt)
          expect(moment, where(entry)).toBeLessThanOrEqual(endOf(entry))
        }
      }
    }
  })

  it('stays between the ends of a single day', () => {
    for (let key = 1; key < 200; key++) {
      const fixture = entryFixture({ key, status: 'open', isDisputed: key % 2 === 0, isPromised: key % 3 === 0 })
      const sentAt = endOf(fixture) - (key % 4) * 400
      const entry = { ...fixture, createdAt: sentAt - 60, sentAt, issueDate: fixture.today, dueDate: fixture.today }
      const story = tell(entry, staff)
      expect(
        story.emails.map(({ reason }) => reason),
        where(entry),
      ).toContain('issued')
      if (entry.isDisputed)
        expect(
          story.emails.map(({ reason }) => reason),
          where(entry),
        ).toContain('dispute')
      if (entry.promisedDate !== undefined)
        expect(
          story.emails.map(({ reason }) => reason),
          where(entry),
        ).toContain('promise')
      for (const moment of clocks(story).flat()) {
        expect(moment, where(entry)).toBeGreaterThanOrEqual(entry.createdAt)
        expect(moment, where(entry)).toBeLessThanOrEqual(endOf(entry))
      }
    }
  })

  it('has no gaps, no doubled spaces or stops, and no ragged ends in its texts', () => {
    for (const { entry, story } of stories) {
      for (const text of texts(story)) {
        expect(text, where(entry)).not.toMatch(/undefined|NaN|null|\[object|Infinity|\$\{/)
        expect(text, where(entry)).not.toMatch(/ {2}|\.\.| [.,;:?!]| $|^ |\n{3}/m)
        expect(text, where(entry)).toBe(text.trim())
      }
    }
  })

  it('ends every paragraph, turn and remark with a full sentence', () => {
    for (const { entry, story } of stories) {
      const sentences = [
        ...story.emails.flatMap(({ body }) =>
          body
            .split('\n\n')
            .slice(1)
            .filter((paragraph) => !/^(Invoice number|On )|,\n/.test(paragraph)),
        ),
        ...story.calls.flatMap(({ turns, summary, reason, findings }) => [
          summary,
          reason,
          ...turns.map(({ content }) => content),
          ...findings.map((finding) => finding.reason),
        ]),
        ...story.matches.map(({ reason }) => reason),
      ]
      for (const sentence of sentences) expect(sentence, where(entry)).toMatch(/[.?!]$/)
    }
  })

  it('writes only to reserved domains', () => {
    for (const { entry, story } of stories) {
      for (const { from, to, cc, replyTo } of [...story.emails, story.capturedEmail]) {
        for (const address of [from, ...to, ...cc, ...replyTo])
          expect(address, where(entry)).toMatch(/^[^@\s]+@(?:[\w-]+\.)+(?:example|test)$/)
      }
      for (const text of texts(story)) expect(text, where(entry)).not.toMatch(/https?:|www\.|@/)
    }
  })

  it('is the same whenever it is told, whichever part is asked for first', () => {
    for (const { entry, story } of stories.slice(0, 56)) {
      const again = tell(entry, staff)
      expect(
        [again.confidence, again.matches, again.calls, again.capturedEmail, again.files, again.emails],
        where(entry),
      ).toEqual([story.confidence, story.matches, story.calls, story.capturedEmail, story.files, story.emails])
      expect(again.emails).toBe(again.emails)
    }
  })

  it('is another for another key', () => {
    const open = entryFixture({ key: 5, status: 'overdue' })
    expect(tell({ ...open, key: 6 }, staff).emails).not.toEqual(tell(open, staff).emails)
  })

  it('is told by the one of the staff who looks after the invoice', () => {
    for (const { entry, story } of stories) {
      const assignee = assigneeOf(entry, staff)
      for (const { direction, author, to } of story.emails) {
        if (direction === 'outbound') expect(author, where(entry)).toBe(assignee)
        else expect(to, where(entry)).toEqual([assignee.email])
      }
      for (const { agent, findings } of story.calls) {
        expect(agent, where(entry)).toBe(assignee)
        for (const { tasks } of findings) for (const task of tasks) expect(task.assignee, where(entry)).toBe(assignee)
      }
    }
  })

  it('falls back on the seller’s first person without staff', () => {
    const entry = entryFixture({ key: 9, status: 'open' })
    expect(tell(entry, []).emails[0]?.author).toBe(assigneeOf(entry, []))
  })

  it('says nothing about a draft but how it would be received', () => {
    const { emails, calls, capturedEmail } = tell(entryFixture({ key: 3, status: 'draft' }), staff)
    expect([emails, calls]).toEqual([[], []])
    expect(capturedEmail.reason).toBe('issued')
  })

  it('writes in many ways: of 200 invoices, more than 60 % of the bodies differ with all facts taken out', () => {
    const bodies = sampleEntries(600, 11)
      .filter(({ status }) => status !== 'draft')
      .slice(0, 200)
      .map((entry) => {
        const [issued] = tell(entry, staff).emails
        const total = moneyText(
          { amount: entry.total, currency: entry.currency, exponent: entry.exponent },
          entry.buyer.locale,
        )
        return issued?.body
          .replaceAll(entry.number, 'N')
          .replaceAll(total, 'T')
          .replace(/(\w+ )?\d+,? (\w+ )?20\d\d/g, 'D')
          .replace(/PO-\d+/g, 'O')
      })
    expect(new Set(bodies).size).toBeGreaterThan(120)
  })
})
