// Meanings: statuses, types and names, each with the words it goes by.

import { articles } from '../ledger/articles.ts'
import { oneOf } from '../semantics/meaning.ts'
import type { Make, ValueMeaning } from '../semantics/meaning.ts'

const word = (label: string, names: string, words: readonly string[], presence = 0.85, of?: string): ValueMeaning => ({
  label,
  names,
  text: oneOf(words),
  examples: 'value',
  presence,
  ...(of !== undefined && { of }),
})

const article: Make<string> = ({ random }) => random.pick(articles).name

/** Names of records that carry one of their own, by what they are. */
const records: readonly (readonly [of: string, words: readonly string[]])[] = [
  ['plan subscription tier', ['Starter', 'Team', 'Business', 'Enterprise', 'Growth annual']],
  ['component addon feature fee', ['Seats', 'Storage', 'API calls', 'Support hours', 'Platform fee']],
  ['metric usage', ['API calls', 'Stored gigabytes', 'Active users', 'Messages sent', 'Pages scanned']],
  [
    'tag label category group',
    ['Key account', 'Mid-market', 'Pays by remittance', 'Needs purchase order', 'Northern region'],
  ],
  ['template', ['Standard invoice', 'Friendly reminder', 'Final notice', 'Monthly statement']],
  [
    'workflow rule automation campaign sequence',
    ['Friendly reminders', 'Key accounts', 'Final notices', 'New customers'],
  ],
  ['project', ['Warehouse rollout', 'Data migration', 'Office move', 'Year-end audit']],
  ['account ledger', ['Trade receivables', 'Sales', 'Operating account', 'Bank charges', 'Deferred revenue']],
  ['tax', ['Standard rate', 'Reduced rate', 'Sales tax', 'Zero rate']],
  ['coupon discount promotion', ['Welcome discount', 'Annual prepayment', 'Partner discount', 'Spring offer']],
  [
    'integration connection provider platform system app application',
    ['Northledger ERP', 'Tallybooks Online', 'Finabase One'],
  ],
  ['field column attribute custom', ['Cost center', 'Project code', 'Approver', 'Delivery terms', 'Contract number']],
  ['portal', ['Supplier portal', 'Invoice inbox', 'Vendor network']],
  ['webhook event', ['Invoice paid', 'Invoice sent', 'Customer created']],
  ['validator validation check', ['Total equals lines', 'Tax rate known', 'Supplier is active']],
  ['payment method card', ['Company card', 'Main bank account', 'SEPA mandate']],
  ['product item line service article catalog goods', articles.map(({ name }) => name)],
]

const headlines = [
  'Closing the books in three days',
  'What changes in January',
  'How we match payments',
  'A year of electronic invoices',
  'Five questions about reminders',
]

/** Words that a state, a sort or a way of doing something goes by. */
export const vocabularyMeanings: readonly ValueMeaning[] = [
  word(
    'status',
    'status|state|status name|current status|lifecycle status|sync status|processing status|status text|status label|previous status|' +
      'old status|health status',
    ['active', 'active', 'pending', 'completed'],
  ),
  word('invoice status', 'invoice status|bill status|payment status|collection status|billing status', [
    'draft',
    'open',
    'paid',
    'overdue',
  ]),
  word('invoice status', '=status|=state', ['draft', 'open', 'paid', 'paid', 'overdue'], 0.95, 'invoice bill'),
  word(
    'payment status',
    '=status|=state',
    ['pending', 'succeeded', 'succeeded', 'failed'],
    0.95,
    'payment transaction transfer charge refund',
  ),
  word(
    'task status',
    '=status|=state',
    ['queued', 'running', 'completed', 'completed'],
    0.95,
    'job run task sync batch import export',
  ),
  word('health', 'health|connection status|availability status', ['healthy', 'healthy', 'degraded'], 0.8),
  word('type', 'type|kind|category|class|subtype|sub type|category name|classification|type name', [
    'standard',
    'recurring',
    'one_time',
    'manual',
  ]),
  word(
    'account type',
    '=type|account type|=classification',
    ['asset', 'liability', 'income', 'expense'],
    0.9,
    'account ledger',
  ),
  word('address type', '=type|address type', ['billing', 'shipping', 'billing'], 0.9, 'address'),
  word('phone type', '=type|phone type', ['mobile', 'work', 'work'], 0.9, 'phone'),
  word(
    'payment method',
    'payment method|payment type|pay method|method of payment|payment means|preferred payment method|payment option|payment channel',
    ['bank_transfer', 'card', 'direct_debit', 'check'],
    0.7,
  ),
  word(
    'entity type',
    'entity type|object type|resource type|record type|resource|entity|model|entity name|object name|model name|subject type|' +
      'external source|reference type|linked type',
    ['invoice', 'customer', 'payment', 'contract'],
  ),
  word(
    'event type',
    'event|event type|event name|action|webhook event|activity type|event code|topic|trigger|trigger type|operation type|change type',
    ['invoice.created', 'invoice.paid', 'payment.received', 'customer.updated'],
  ),
  word(
    'operation',
    'operation name|function name|procedure|job type|operation id',
    ['listInvoices', 'getInvoice', 'syncCustomers', 'createPayment'],
    0.6,
  ),
  word('direction', 'direction|call direction|message direction', ['inbound', 'outbound']),
  word(
    'source',
    'source|origin|data origin|lead source|created via|entry point|creation source|source type|source of truth|import source',
    ['api', 'import', 'web', 'manual'],
  ),
  word(
    'channel',
    'channel|medium|delivery method|contact channel|preferred channel|communication channel|via|sent via|notification channel|' +
      'delivery channel',
    ['email', 'email', 'phone', 'portal'],
    0.7,
  ),
  word(
    'frequency',
    'frequency|cadence|recurrence|billing period|billing interval|billing cycle|billing frequency|interval unit|renewal cycle|repeat|' +
      'period|interval|schedule|time unit|renewal period|granularity|period unit',
    ['monthly', 'monthly', 'quarterly', 'annually', 'weekly'],
    0.7,
  ),
  word(
    'priority',
    'priority|severity|urgency|risk|risk level|importance|criticality|impact',
    ['low', 'medium', 'medium', 'high'],
    0.6,
  ),
  word('log level', 'log level|=level', ['info', 'info', 'warning'], 0.7),
  word('sort order', 'sort order|order direction|sort direction|ordering|sort|order', ['asc', 'desc', 'desc'], 0.6),
  word(
    'strategy',
    'strategy|policy|behavior|rounding|calculation method|mode|method|algorithm|handling|allocation',
    ['automatic', 'automatic', 'manual'],
    0.6,
  ),
  word(
    'payment terms',
    'payment terms|payment term|terms|term of payment|terms of payment|credit terms|net terms',
    ['Net 30', 'Net 14', 'Net 60', 'Due on receipt'],
    0.6,
  ),
  word('delivery terms', 'incoterm|delivery terms|shipping terms|delivery term', ['DAP', 'EXW', 'FCA', 'DDP'], 0.3),
  word(
    'shipping method',
    'shipping method|delivery service|carrier|shipping service|courier',
    ['Standard', 'Express', 'Freight'],
    0.4,
  ),
  word('sentiment', 'sentiment|mood|tone', ['neutral', 'positive', 'negative'], 0.6),
  word(
    'result',
    'result|outcome|verdict|decision|call outcome|conclusion|disposition',
    ['accepted', 'accepted', 'rejected', 'no_answer'],
    0.7,
  ),
  word(
    'headline',
    'headline|subtitle|sub title|tagline|slogan|heading|subheading|article title|post title|page title',
    headlines,
    0.7,
  ),
  word('headline', '=title|=name', headlines, 0.95, 'article post blog news story page chapter lesson course'),
  word(
    'skill',
    'skill|competence|expertise|qualification|certification',
    ['Accounting', 'Spreadsheets', 'Negotiation', 'Data analysis', 'Purchasing', 'Payroll'],
    0.6,
  ),
  word('relationship', 'relationship|relation|relation type|kinship', ['spouse', 'parent', 'sibling', 'friend'], 0.6),
  word('marital status', 'marital status|civil status', ['single', 'married', 'divorced'], 0.4),
  word(
    'operating system',
    'os|operating system|os name|platform os|os version',
    ['Linux', 'Linux', 'Windows', 'macOS'],
    0.7,
  ),
  word('browser', 'browser|browser name|user agent family', ['Firefox', 'Chrome', 'Safari'], 0.6),
  word(
    'department',
    'department|team|team name|business unit|division',
    ['Finance', 'Procurement', 'Operations', 'Sales', 'IT'],
    0.6,
  ),
  word('http method', 'http method|request method|=verb', ['GET', 'GET', 'POST', 'PUT', 'DELETE'], 0.8),
  word('visibility', 'visibility|access|privacy|sharing|audience', ['private', 'team', 'public'], 0.7),
  word('theme', 'theme|appearance|layout|view|skin|display mode', ['light', 'dark', 'system'], 0.6),
  word(
    'format',
    'format|output format|export format|document format|invoice format',
    ['pdf', 'csv', 'json', 'xml'],
    0.7,
  ),
  word(
    'tag',
    'tag|tag name|label|keyword|badge|marker|flag',
    ['Key account', 'Mid-market', 'Pays by remittance', 'Needs purchase order', 'Northern region'],
    0.6,
  ),
  word(
    'group',
    'group|section|folder|tab|bucket|collection|group name|cluster|cohort|parent category|list name',
    ['General', 'Billing', 'Reminders', 'Reporting'],
    0.5,
  ),
  word('object', '=object', ['record'], 0.95),
  word('aging', 'aging|aging bucket|bucket|age bracket|days bucket', ['current', '1-30', '31-60', '61-90'], 0.7),
  {
    label: 'product',
    names:
      'product|product name|item name|item|article|article name|service description|goods|line item|line name|offering|' +
      'subscription name|product title',
    text: article,
    presence: 0.9,
  },
  ...records.flatMap(([of, words]): ValueMeaning[] => {
    const owners = of.split(' ')
    const names = owners.map((owner) => `${owner} name`).join('|')
    return [
      {
        label: 'record name',
        names: '=name|=label|display name|=title',
        of,
        text: oneOf(words),
        examples: 'value',
        presence: 0.97,
      },
      { label: 'record name', names, text: oneOf(words), examples: 'value', presence: 0.9 },
    ]
  }),
  { label: 'name', names: '=name|display name|=display', text: article, examples: 'value', cuts: true, presence: 0.97 },
]
