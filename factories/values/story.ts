import { secondsPerDay } from '../../spec/index.ts'
import { assigneeOf } from '../story/assignee.ts'
import { snippetOf } from '../story/snippet.ts'
import { workflowOf } from '../ledger/platform.ts'
import type { Line, Person } from '../ledger/entry.ts'
import type { Frame } from '../plan/frame.ts'
import { idOf, inside } from './reference.ts'

/** Findings hang on calls, tasks on findings: eight of each at most. */
const findingKey = (frame: Frame): number => (inside(frame, frame.call.index) as number) * 8 + frame.finding.index
const taskKey = (frame: Frame): number => findingKey(frame) * 8 + frame.task.index
const emailKey = (frame: Frame): number | undefined => inside(frame, frame.email.index)
const callKey = (frame: Frame): number | undefined => inside(frame, frame.call.index)

const assignee = ({ invoice, ledger }: Frame): Person => assigneeOf(invoice, ledger.staff)

/** Outbound e-mails leave the author's mailbox; inbound ones reach the mailbox of whoever looks after the invoice. */
const mailbox = (frame: Frame): Person => (frame.email.direction === 'outbound' ? frame.email.author : assignee(frame))

const uploader = ({ email, invoice }: Frame): Person | undefined => email?.author ?? invoice.buyer.people[0]

const line = ({ invoice, match }: Frame): Line | undefined => invoice.lines[match.line]

const text = ({ turns }: Frame['call']): string =>
  turns.map(({ role, content }) => `${role === 'agent' ? 'Agent' : 'Customer'}: ${content}`).join('\n')

/** What the ledger says of e-mails, files, calls, findings, tasks, plans of outreach and matches. */
export const story = {
  'email.id': emailKey,
  'email.token': emailKey,
  'email.threadId': ({ invoice }: Frame) => invoice.index,
  'email.parentId': (frame: Frame) => inside(frame, frame.email.parent),
  'email.remoteId': (frame: Frame) => `<${idOf(frame, 'message', emailKey(frame) as number)}@mail.example>`,
  'email.remoteThreadId': (frame: Frame) => idOf(frame, 'thread', frame.invoice.index),
  'email.generatedBody': ({ email }: Frame) => (email.isAutomated ? email.body : undefined),
  'email.snippet': ({ email }: Frame) => snippetOf(email.body),
  'email.toLine': ({ email }: Frame) => email.to.join(', '),
  'email.bcc': () => [],
  'email.bounced': () => [],
  'email.replyToLine': ({ email }: Frame) => (email.replyTo.length === 0 ? undefined : email.replyTo.join(', ')),
  'email.participants': ({ story: { participants } }: Frame) => participants,
  'email.sentAt': ({ email }: Frame) => (email.status === 'draft' ? undefined : email.sentAt),
  'email.createdAt': ({ email }: Frame) => email.sentAt,
  'email.modifiedAt': ({ email }: Frame) => email.sentAt,
  'email.isGenerated': ({ email }: Frame) => email.isAutomated,
  'email.isNative': ({ email }: Frame) => email.direction === 'outbound',
  'email.authorId': ({ email }: Frame) => email.author.key,
  'email.sentById': ({ email }: Frame) => (email.direction === 'outbound' ? email.author.key : undefined),
  'email.sender': mailbox,
  'email.senderId': (frame: Frame) => mailbox(frame).key,
  'mailbox.id': ({ mailbox: { key } }: Frame) => key,
  'mailbox.ownerId': ({ mailbox: { key } }: Frame) => key,
  'mailbox.address': ({ mailbox: { email } }: Frame) => email,
  'mailbox.replyTo': ({ mailbox: { email } }: Frame) => email,
  'mailbox.replyToName': ({ mailbox: { name } }: Frame) => name,
  'mailbox.provider': () => 'imap',
  'mailbox.signature': ({ mailbox: { name, jobTitle } }: Frame) => `<p>${name}<br>${jobTitle}</p>`,
  'mailbox.createdAt': ({ ledger, key }: Frame) => (ledger.book.epoch - 600) * secondsPerDay + (key % 80_000),
  'mailbox.modifiedAt': ({ ledger, key }: Frame) => (ledger.book.epoch - 560) * secondsPerDay + (key % 80_000),
  'file.id': (frame: Frame) => inside(frame, frame.file.index),
  'file.parentId': (frame: Frame) => inside(frame, frame.file.parent),
  'file.remoteId': (frame: Frame) => idOf(frame, 'remote file', inside(frame, frame.file.index) as number),
  'file.url': (frame: Frame) =>
    `https://files.${frame.ledger.seller.domain}/${idOf(frame, 'file link', inside(frame, frame.file.index) as number)}/${encodeURIComponent(frame.file.name)}`,
  'file.urlExpiresAt': ({ ledger }: Frame) => (ledger.today + 7) * secondsPerDay,
  'file.uploaderId': (frame: Frame) => uploader(frame)?.key,
  'file.organizationId': () => 0,
  'file.purpose': () => 'email_attachment',
  'file.disposition': () => 'attachment',
  'file.modifiedAt': ({ file }: Frame) => file.createdAt,
  'call.id': callKey,
  'call.remoteId': (frame: Frame) => `call_${idOf(frame, 'remote call', callKey(frame) as number)}`,
  'call.createdAt': ({ call }: Frame) => call.startAt,
  'call.modifiedAt': ({ call }: Frame) => call.endAt,
  'call.status': () => 'completed',
  'call.transcript': ({ call }: Frame) => text(call),
  'call.recordingUrl': (frame: Frame) =>
    `https://files.${frame.ledger.seller.domain}/calls/${idOf(frame, 'recording', callKey(frame) as number)}.wav`,
  'call.agentId': ({ call }: Frame) => call.agent.key,
  'call.agentSettingsId': () => 0,
  'call.approver': ({ call }: Frame) => call.agent,
  'call.approverId': ({ call }: Frame) => call.agent.key,
  'call.invoices': () => [],
  'call.workflow': ({ invoice, ledger }: Frame) => workflowOf(invoice.buyer.key, ledger.book.epoch),
  'call.labels': ({ call }: Frame) => call.findings.map(({ kind }) => kind),
  'finding.modifiedAt': ({ finding }: Frame) => finding.createdAt,
  'task.id': taskKey,
  'task.source': () => 'call',
  'task.assigneeId': ({ task }: Frame) => task.assignee.key,
  'task.organizationId': () => 0,
  'task.eventId': taskKey,
  'event.id': taskKey,
  'event.actorId': ({ task }: Frame) => task.assignee.key,
  'event.subjectId': ({ invoice }: Frame) => invoice.index,
  'event.createdAt': ({ event }: Frame) => event.at,
  'event.modifiedAt': ({ event }: Frame) => event.at,
  'workflow.id': ({ workflow }: Frame) => workflow.key,
  'workflow.modifiedAt': ({ workflow }: Frame) => workflow.createdAt,
  'workflow.windowStart': () => '09:00',
  'workflow.windowEnd': () => '17:00',
  'workflow.days': () => [1, 2, 3, 4, 5],
  'workflow.senderId': ({ ledger }: Frame) => ledger.staff[0]?.key,
  'workflow.timezone': ({ ledger }: Frame) => ledger.seller.timezone,
  'match.id': (frame: Frame) => inside(frame, frame.match.index),
  'match.productCode': (frame: Frame) => {
    const own = line(frame)
    return own && own.product >= 0 ? `ART-${1000 + own.product}` : undefined
  },
  'match.quantity': (frame: Frame) => line(frame)?.quantity,
  'match.unit': (frame: Frame) => line(frame)?.unit,
  'match.price': (frame: Frame) => line(frame)?.price,
  'match.net': (frame: Frame) => line(frame)?.net,
  'match.createdAt': ({ story: { capturedEmail } }: Frame) => capturedEmail.sentAt + 240,
  'match.modifiedAt': ({ story: { capturedEmail } }: Frame) => capturedEmail.sentAt + 240,
}
