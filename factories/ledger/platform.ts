import { secondsPerDay } from '../../spec/index.ts'
import type { Day, Instant } from '../../spec/index.ts'
import { mix2 } from '../random.ts'
import { salt, unit, whole } from './draw.ts'
import type { Party } from './entry.ts'

/** A sort of records that an integration synchronises. */
export interface Feed {
  readonly key: number
  readonly name: string
  readonly syncedAt: Instant
  readonly createdAt: Instant
}

/** The accounting system behind the seller's books. Invented: no product of that name is sold. */
export interface Integration {
  readonly key: number
  readonly name: string
  readonly title: string
  readonly subdomain: string
  readonly apiUrl: string
  readonly createdAt: Instant
  readonly modifiedAt: Instant
  readonly feeds: readonly Feed[]
}

/** A customer's account in a portal where it wants its invoices. */
export interface Portal {
  readonly key: number
  readonly provider: string
  readonly name: string
  readonly customerCode: string
  readonly guidelines: string
  readonly createdAt: Instant
}

/** A label, with a value where the label asks for one. */
export interface Tag {
  readonly key: number
  readonly name: string
  readonly option: string
  readonly color: string
}

/** A plan of outreach. */
export interface Workflow {
  readonly key: number
  readonly name: string
  readonly createdAt: Instant
}

const systems = [
  ['northledger', 'Northledger ERP'],
  ['tallybooks', 'Tallybooks Online'],
  ['finabase', 'Finabase One'],
] as const
const feeds = ['partner', 'invoice', 'payment'] as const

/** Returns the integration that the seller's records come from, as it stands on a day. */
export function integrationOf(key: number, seller: Party, epoch: Day, today: Day): Integration {
  const [name, title] = systems[mix2(key, 0x73797374) % systems.length] as (typeof systems)[number]
  const createdAt = (epoch - 900) * secondsPerDay + 34_200
  const syncedAt = today * secondsPerDay + 21_600
  const subdomain = seller.domain.split('.')[0] as string
  return {
    key: 0,
    name,
    title,
    subdomain,
    apiUrl: `https://${subdomain}.${name}.example/api`,
    createdAt,
    modifiedAt: syncedAt,
    feeds: feeds.map((feed, index) => ({
      key: index,
      name: feed,
      syncedAt: syncedAt + index * 95,
      createdAt: createdAt + 120,
    })),
  }
}

const names = {
  portal: salt('portal'),
  provider: salt('portal provider'),
  tags: salt('tags'),
  tag: salt('tag'),
  code: salt('portal code'),
}
const portals = [
  ['coupa', 'Coupa'],
  ['ariba', 'Ariba'],
  ['tungsten', 'Tungsten'],
] as const

/** Returns the portals a customer wants its invoices in; most want none. */
export function portalsOf(key: number, party: Party, epoch: Day): Portal[] {
  const own = mix2(key ^ 0x706f7274, party.key)
  if (unit(own, names.portal) > 0.3) return []
  const [provider, name] = portals[whole(own, names.provider, 0, portals.length - 1)] as (typeof portals)[number]
  return [
    {
      key: party.key,
      provider,
      name,
      customerCode: `SUP-${whole(own, names.code, 10_000, 99_999)}`,
      guidelines: 'One invoice for each purchase order; state the order number on every line.',
      createdAt: (epoch - 700) * secondsPerDay + 39_600,
    },
  ]
}

const labels: readonly Tag[] = [
  { key: 0, name: 'Key account', option: 'Yes', color: '#1f6feb' },
  { key: 1, name: 'Region', option: 'North', color: '#2da44e' },
  { key: 2, name: 'Segment', option: 'Mid-market', color: '#bf8700' },
  { key: 3, name: 'Pays by remittance', option: 'Yes', color: '#8250df' },
  { key: 4, name: 'Needs purchase order', option: 'Yes', color: '#cf222e' },
]

/** Returns a customer's labels: none to two. */
export function tagsOf(key: number, party: Party): Tag[] {
  const own = mix2(key ^ 0x74616773, party.key)
  const first = whole(own, names.tag, 0, labels.length - 1)
  return Array.from(
    { length: whole(own, names.tags, 0, 2) },
    (_, index) => labels[(first + index * 2) % labels.length] as Tag,
  )
}

const dimensions: readonly (readonly Tag[])[] = [
  ['North', 'South', 'East', 'West'].map((option, index) => ({
    key: 100 + index,
    name: 'Region',
    option,
    color: '#57606a',
  })),
  ['Sales', 'Delivery', 'Support'].map((option, index) => ({
    key: 110 + index,
    name: 'Department',
    option,
    color: '#57606a',
  })),
]

/** Returns the tracking categories of a line. */
export const trackingOf = (key: number): Tag[] =>
  dimensions.map((options, index) => options[mix2(key, index) % options.length] as Tag)

/** Returns the outreach plan an invoice is under. */
export const workflowOf = (key: number, epoch: Day): Workflow => ({
  key: key % 2,
  name: key % 2 === 0 ? 'Friendly reminders' : 'Key accounts',
  createdAt: (epoch - 800) * secondsPerDay + 37_800,
})
