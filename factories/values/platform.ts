import { mainRateOf } from '../ledger/draft.ts'
import type { TaxGroup } from '../ledger/entry.ts'
import type { Frame } from '../plan/frame.ts'
import { idOf } from './reference.ts'

const owner = ({ ledger }: Frame): number | undefined => ledger.staff[0]?.key

/** What is billed in each period is taxed as the invoice's largest group is. */
const serviceTax = ({ invoice }: Frame): TaxGroup | undefined =>
  invoice.taxes.find(({ rate }) => rate === mainRateOf(invoice.lines)) ?? invoice.taxes[0]

const intakeChange = ({ transition }: Frame, end: 'from' | 'to'): string | undefined =>
  transition.debug ? transition[end] : undefined

/** What the ledger says of integrations, portals, contracts, claims and messages. */
export const platform = {
  'integration.id': ({ integration }: Frame) => integration.key,
  'integration.description': ({ integration }: Frame) => `Connection to ${integration.title}`,
  'integration.categories': () => ['accounting'],
  'integration.username': ({ ledger }: Frame) => `integration@${ledger.seller.domain}`,
  'integration.ownerId': owner,
  'integration.webhookUrl': ({ integration, ledger }: Frame) =>
    `https://hooks.${ledger.seller.domain}/${integration.name}`,
  'integration.health': () => 'healthy',
  'integration.expiresAt': ({ integration }: Frame) => integration.modifiedAt + 86_400 * 60,
  'feed.id': ({ feed }: Frame) => feed.key,
  'feed.schemaId': ({ feed }: Frame) => feed.key,
  'feed.lastSyncAt': ({ feed }: Frame) => feed.syncedAt,
  'feed.lastSyncStartedAt': ({ feed }: Frame) => feed.syncedAt - 70,
  'feed.nextSyncAt': ({ feed }: Frame) => feed.syncedAt + 86_400,
  'feed.rangeStart': ({ feed }: Frame) => feed.syncedAt - 86_400,
  'feed.rangeEnd': ({ feed }: Frame) => feed.syncedAt - 70,
  'feed.syncId': ({ feed }: Frame) => feed.key,
  'feed.runId': ({ feed }: Frame) => feed.key,
  'feed.runEventId': ({ feed }: Frame) => feed.key,
  'feed.runRemoteId': (frame: Frame) => idOf(frame, 'remote run', frame.feed.key),
  'feed.runStatus': () => 'completed',
  'feed.modifiedAt': ({ feed }: Frame) => feed.syncedAt,
  'portal.id': ({ portal }: Frame) => portal.key,
  'portal.accountId': ({ portal }: Frame) => portal.key,
  'portal.accountKey': ({ portal, ledger }: Frame) => `${ledger.seller.domain.split('.')[0]}-${portal.provider}`,
  'portal.organizationId': () => 0,
  'portal.customerName': ({ party }: Frame) => party.legalName,
  'portal.reportEmail': ({ ledger }: Frame) => ledger.seller.email,
  'portal.modifiedAt': ({ portal }: Frame) => portal.createdAt,
  'contract.id': ({ contract }: Frame) => contract.key,
  'contract.url': (frame: Frame) =>
    `https://contracts.${frame.ledger.seller.domain}/${idOf(frame, 'contract page', frame.contract.key)}`,
  'contract.endAt': () => undefined,
  'contract.createdAt': ({ contract }: Frame) => contract.signedAt,
  'contract.modifiedAt': ({ contract }: Frame) => contract.startAt,
  'contract.isBilled': () => true,
  'service.id': ({ service }: Frame) => service.key,
  'service.parentId': ({ service }: Frame) => service.key,
  'service.cycle': ({ contract }: Frame) => contract.cycle,
  'service.tax': serviceTax,
  'service.endAt': () => undefined,
  'service.createdAt': ({ contract }: Frame) => contract.signedAt,
  'service.modifiedAt': ({ contract }: Frame) => contract.startAt,
  'lease.token': ({ lease }: Frame) => lease.key,
  'claim.leases': ({ page }: Frame) => page.leases,
  'transition.changed': ({ transition }: Frame) => transition.from !== transition.to,
  'transition.repeated': ({ transition }: Frame) => transition.from === transition.to,
  'transition.reason': () => undefined,
  'transition.fromCode': (frame: Frame) => intakeChange(frame, 'from'),
  'transition.toCode': (frame: Frame) => intakeChange(frame, 'to'),
  'message.id': ({ message }: Frame) => message.key,
  'message.tier': ({ message, page }: Frame) => message?.tier ?? page.tier,
  'message.actorId': () => undefined,
}
