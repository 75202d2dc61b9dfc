import { describe, expect, it } from 'vitest'
import type { Entry } from '../../../factories/ledger/entry.ts'
import { dateText, dayAt, moneyText, openAt } from '../../../factories/story/facts.ts'
import { claimText, disputeOf, disputeReason, methodText } from '../../../factories/story/papers.ts'
import { capturedEmailOf, emailsOf } from '../../../factories/story/emails.ts'
import type { Email } from '../../../factories/story/story.ts'
import { entryFixture, sampleEntries, staff } from './entry-fixture.ts'
import type { EntryWishes } from './entry-fixture.ts'

const money = ({ currency, exponent, buyer }: Entry, amount: number): string =>
  moneyText({ amount, currency, exponent }, buyer.locale)
const date = ({ buyer }: Entry, day: number): string => dateText(day, buyer.locale)

/** Invoices of one sort with their e-mails. */
const told = (wish: Omit<EntryWishes, 'key'>, count = 80): { entry: Entry; emails: readonly Email[] }[] =>
  Array.from({ length: count }, (_, index) => entryFixture({ key: 1000 + index * 31, ...wish })).map((entry) => ({
    entry,
    emails: emailsOf(entry, staff),
  }))

const own = ({ body }: Email): string => body.split(/\n\nOn [^\n]+ wrote:\n/, 1)[0] as string

describe('e-mails', () => {
  it('all name the invoice; those of seller and buyer about money name an amount and the due date', () => {
    for (const entry of sampleEntries(280)) {
      for (const email of emailsOf(entry, staff)) {
        const amounts = [entry.total, openAt(entry, email.sentAt), ...entry.payments.map(({ amount }) => amount)].map(
          (amount) => money(entry, amount),
        )
        expect(own(email), email.subject).toContain(entry.number)
        expect(own(email), email.subject).toContain(date(entry, entry.dueDate))
        expect(
          amounts.some((amount) => own(email).includes(amount)),
          `${email.subject}: ${own(email)}`,
        ).toBe(true)
      }
    }
  })

  it('begin with the invoice, its PDF attached', () => {
    for (const {
      entry,
      emails: [first],
    } of told({ status: 'open' })) {
      expect(first).toMatchObject({
        reason: 'issued',
        direction: 'outbound',
        status: 'sent',
        sentAt: entry.sentAt,
        subject: `Invoice ${entry.number} from ${entry.seller.name}`,
      })
      expect(first?.files.map(({ name, index }) => [name, index])).toEqual([[`Invoice-${entry.number}.pdf`, 1]])
      expect(first?.body).toContain(money(entry, entry.total))
      expect(first?.to).toEqual([entry.buyer.people[0]?.email])
    }
  })

  it('quote the purchase order at times, and never make one up', () => {
    const quoting = told({ status: 'open' }).filter(
      ({ entry, emails }) => entry.purchaseOrder !== undefined && emails[0]?.body.includes(entry.purchaseOrder),
    )
    expect(quoting.length).toBeGreaterThan(20)
    for (const { entry, emails } of told({ status: 'open' }))
      if (entry.purchaseOrder === undefined) expect(emails[0]?.body).not.toMatch(/PO-|Purchase order/)
  })

  it('remind ever more firmly after the due date, and not once it is disputed or paid', () => {
    const levels = (emails: readonly Email[]): string[] =>
      emails
        .filter(({ reason, subject }) => reason === 'reminder' && !/ is due on /.test(subject))
        .map(({ subject }) => subject.split(/ invoice|:/, 1)[0] as string)
    const overdue = told({ status: 'overdue' })
    expect(overdue.some(({ emails }) => levels(emails).length === 3)).toBe(true)
    for (const { entry, emails } of overdue) {
      expect(['Reminder', 'Second reminder', 'Final reminder'].slice(0, levels(emails).length)).toEqual(levels(emails))
      for (const { sentAt, subject, reason } of emails)
        if (reason === 'reminder') expect(dayAt(sentAt) > entry.dueDate, subject).toBe(!subject.includes(' is due on '))
    }
    for (const { emails } of told({ status: 'overdue', isDisputed: true })) {
      const disputed = emails.findIndex(({ reason }) => reason === 'dispute')
      expect(emails.slice(disputed).map(({ reason }) => reason)).not.toContain('reminder')
    }
    for (const { entry, emails } of told({ status: 'paid' }))
      for (const { reason, sentAt } of emails)
        if (reason === 'reminder') expect(sentAt).toBeLessThan(entry.paidAt as number)
  })

  it('ask for what is still owed after a part has been paid', () => {
    const reminders = told({ status: 'overdue', isPartlyPaid: true }).flatMap(({ entry, emails }) =>
      emails
        .filter(({ reason, sentAt }) => reason === 'reminder' && sentAt > (entry.payments[0]?.at ?? 0))
        .map((email) => ({ entry, email })),
    )
    expect(reminders.length).toBeGreaterThan(10)
    for (const { entry, email } of reminders) expect(email.body).toContain(money(entry, entry.due))
  })

  it('promise the promised date, before it comes, and hold back reminders until then', () => {
    for (const { entry, emails } of told({ status: 'overdue', isPromised: true })) {
      const promised = entry.promisedDate as number
      const promises = emails.filter(({ reason }) => reason === 'promise')
      expect(promises.length).toBeGreaterThan(0)
      for (const email of promises) expect(own(email)).toContain(date(entry, promised))
      const first = promises[0] as Email
      expect(dayAt(first.sentAt)).toBeLessThanOrEqual(promised)
      for (const { reason, sentAt } of emails)
        if (reason === 'reminder') expect(sentAt < first.sentAt || dayAt(sentAt) > promised).toBe(true)
    }
  })

  it('dispute a real line with its billed figure, and answer with the same', () => {
    const disputes = told({ status: 'overdue', isDisputed: true }).flatMap(({ entry, emails }) =>
      emails.filter(({ reason }) => reason === 'dispute').map((email) => ({ entry, email })),
    )
    expect(disputes.some(({ email }) => email.direction === 'inbound')).toBe(true)
    expect(disputes.some(({ email }) => email.direction === 'outbound' && email.parent === undefined)).toBe(true)
    for (const { entry, email } of disputes) {
      const dispute = disputeOf(entry)
      expect(dispute && entry.lines.includes(dispute.line)).toBe(true)
      expect(own(email)).toContain(email.direction === 'inbound' ? dispute && claimText(dispute) : disputeReason(entry))
    }
  })

  it('neither dispute nor promise anything that the invoice does not know of', () => {
    for (const status of ['open', 'paid', 'overdue', 'void', 'uncollectible', 'processing'] as const) {
      for (const { emails } of told({ status }, 30))
        for (const { reason } of emails) expect(['dispute', 'promise']).not.toContain(reason)
    }
  })

  it('announce many payments, and confirm all of them, with day, amount and method', () => {
    const all = told({ status: 'paid', isPartlyPaid: true })
    const announced = all.filter(({ emails }) => emails.some(({ subject }) => subject.startsWith('Remittance advice')))
    expect(announced.length / all.length).toBeGreaterThan(0.4)
    expect(announced.length / all.length).toBeLessThan(0.95)
    for (const { entry, emails } of all) {
      const receipts = emails.filter(({ reason }) => reason === 'receipt')
      expect(receipts.length).toBe(entry.payments.length)
      for (const [index, { amount, at, method }] of entry.payments.entries()) {
        const receipt = receipts[index] as Email
        expect(receipt.sentAt).toBeGreaterThanOrEqual(at)
        expect(own(receipt)).toContain(money(entry, amount))
        const advice = emails.find(
          ({ subject, body }) => subject.startsWith('Remittance') && body.includes(date(entry, dayAt(at))),
        )
        if (!advice) continue
        expect(advice.direction).toBe('inbound')
        for (const fact of [money(entry, amount), methodText(method)]) expect(own(advice)).toContain(fact)
      }
    }
  })

  it('tell of a payment order, of a cancellation, and send nothing after a write-off', () => {
    for (const { emails } of told({ status: 'processing' }, 30))
      expect(emails.at(-1)).toMatchObject({ direction: 'inbound', reason: 'reply' })
    for (const { entry, emails } of told({ status: 'void' }, 30)) {
      expect(emails.at(-1)?.subject).toBe(`Invoice ${entry.number} has been cancelled`)
      expect(emails.at(-1)?.sentAt).toBeGreaterThanOrEqual(entry.voidedAt as number)
    }
    for (const { entry, emails } of told({ status: 'uncollectible' }, 30))
      expect(emails.at(-1)?.sentAt).toBeLessThan(entry.uncollectibleAt as number)
  })

  it('answer an earlier e-mail of the other side, with its subject and its first words', () => {
    let answers = 0
    for (const entry of sampleEntries(280)) {
      const emails = emailsOf(entry, staff)
      for (const [index, email] of emails.entries()) {
        expect(email.index).toBe(index)
        expect(email.subject.startsWith('Re: ')).toBe(email.parent !== undefined)
        if (email.parent === undefined) continue
        const parent = emails[email.parent] as Email
        answers++
        expect(parent.index).toBeLessThan(index)
        expect(parent.direction).not.toBe(email.direction)
        expect(email.to).toEqual([parent.author.email])
        expect(email.subject).toBe(`Re: ${parent.subject.replace('Re: ', '')}`)
        const quoted = email.body.split('\n> ')[1]?.replace(/ …$/, '') as string
        expect(parent.body.replaceAll('\n', ' ')).toContain(quoted)
      }
    }
    expect(answers).toBeGreaterThan(100)
  })

  it('come from the right people: the seller’s to the buyer’s, and back', () => {
    for (const entry of sampleEntries(140)) {
      const buyers = entry.buyer.people.map(({ email }) => email)
      for (const { direction, from, to, cc, author, replyTo } of emailsOf(entry, staff)) {
        expect(from).toBe(author.email)
        expect(replyTo).toEqual([from])
        expect(direction === 'inbound' ? buyers : staff.map(({ email }) => email)).toContain(from)
        expect(direction === 'inbound' ? staff.map(({ email }) => email) : buyers).toContain(to[0])
        for (const copied of cc) expect(copied).toBe(entry.buyer.email)
      }
    }
  })

  it('show the first e-mail as the buyer received it', () => {
    for (const {
      entry,
      emails: [first],
    } of told({ status: 'overdue' }, 20)) {
      expect(capturedEmailOf(entry, staff)).toEqual({ ...first, direction: 'inbound', status: 'received' })
    }
  })

  it('ask for nothing where nothing is owed', () => {
    const entry = entryFixture({ key: 77, status: 'open' })
    const credit = { ...entry, total: -entry.total, due: -entry.total }
    const [issued, ...others] = emailsOf(credit, staff)
    expect(issued?.body).toMatch(/nothing for you to pay|No payment is needed|need not do anything/)
    expect(others.filter(({ reason }) => reason === 'reminder')).toEqual([])
  })

  it('begin with a reminder where the invoice was never sent by e-mail', () => {
    const { sentAt: _, ...unsent } = entryFixture({ key: 12, status: 'overdue' })
    const emails = emailsOf(unsent, staff)
    expect(emails.map(({ reason }) => reason)).not.toContain('issued')
    expect(emails.length).toBeGreaterThan(0)
  })
})
