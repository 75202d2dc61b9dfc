// Meanings: texts in sentences.

import { articles } from '../ledger/articles.ts'
import { oneOf } from '../semantics/meaning.ts'
import type { ValueMeaning } from '../semantics/meaning.ts'
import { titleFrom } from '../semantics/words.ts'

const prose = (
  label: string,
  names: string,
  lines: readonly string[],
  presence: number,
  of?: string,
): ValueMeaning => ({
  label,
  names,
  text: oneOf(lines),
  examples: 'value',
  cuts: true,
  presence,
  ...(of !== undefined && { of }),
})

const remarks = [
  'Please quote the invoice number with your payment.',
  'Prefers to be called in the morning.',
  'Delivery is at the rear entrance.',
  'Send a copy to accounts payable.',
  'Pays by bank transfer at the end of the month.',
  'Purchase order is required on every invoice.',
  'Agreed on quarterly billing.',
  'Contact has changed; see the latest e-mail.',
  'Prices are held until the end of the year.',
  'Partial deliveries are fine.',
]

/** Texts in whole sentences, or at least in several words. */
export const proseMeanings: readonly ValueMeaning[] = [
  prose(
    'note',
    'note|comment|remark|additional note|private note|internal note|memo|invoice memo|annotation|observation|additional info|' +
      'customer note|note to recipient|additional information|note text|special instruction',
    remarks,
    0.35,
  ),
  prose(
    'description',
    'description|detail|details|summary|long description|short description|overview|about|abstract|synopsis|plan description|info|information|explanation|content|body text|definition',
    [
      'Applies to all invoices of this customer.',
      'Monthly billing on the first working day.',
      'Set up together with the customer during onboarding.',
      'Covers the usual working hours.',
      'Checked once a quarter by accounting.',
      'Used where nothing else has been agreed.',
      'Includes support on working days.',
      'Renews unless cancelled in time.',
    ],
    0.6,
  ),
  {
    label: 'article description',
    names: 'description|product description|item description|line description|long description',
    of: 'product item line service article goods catalog',
    text: ({ random }) => random.pick(articles).description,
    cuts: true,
    presence: 0.7,
  },
  {
    label: 'field description',
    names: '=description|help text|hint|tooltip|placeholder|help',
    of: 'setting field input option column parameter',
    text: oneOf([
      'Shown on every invoice.',
      'Found in your account under Settings.',
      'Leave empty to use the default.',
      'Ask your administrator if you do not know it.',
    ]),
    examples: 'value',
    cuts: true,
    presence: 0.5,
  },
  {
    label: 'step description',
    names: '=description|instruction|connection instruction|direction text',
    of: 'step connection setup onboarding',
    text: oneOf([
      'You are sent to the sign-in page of your accounting system.',
      'We read your customers and open invoices once.',
      'Choose the company whose invoices you want to connect.',
    ]),
    examples: 'value',
    cuts: true,
    presence: 0.6,
  },
  {
    label: 'step title',
    names: '=title|=name|=label',
    of: 'step setup onboarding',
    text: oneOf(['Sign in to your accounting system', 'Choose a company', 'Confirm access', 'Import open invoices']),
    examples: 'value',
    cuts: true,
    presence: 0.9,
  },
  {
    label: 'label',
    of: 'setting field parameter option input',
    names: '=label|=title|=caption',
    text: oneOf(['Region', 'Company code', 'Default currency', 'Cost center', 'Project code']),
    examples: 'value',
    presence: 0.85,
  },
  {
    label: 'label',
    names: '=label|caption|field label|display label|header label|heading',
    text: ({ clue, random }) =>
      clue.owner.length > 0 ? titleFrom(clue.owner) : random.pick(['General', 'Standard', 'Primary']),
    examples: 'value',
    presence: 0.85,
  },
  prose(
    'subject',
    'subject|subject line|email subject|headline|topic title',
    [
      'Your invoice is ready',
      'Payment received, thank you',
      'Reminder: an invoice is due',
      'Question about your last invoice',
      'New invoice for your records',
    ],
    0.9,
  ),
  prose(
    'title',
    'title|heading|page title|document title|report title|task title|task name|job name',
    [
      'Monthly statement',
      'Open invoices',
      'Payment overview',
      'Customer review',
      'Follow-up call',
      'Check remittance advice',
    ],
    0.9,
  ),
  prose(
    'message',
    'message|body|text|message text|email body|message body|content text|plain text|snippet|preview|text body|transcript|body plain|notification',
    [
      'Thank you for your message. We will get back to you within two working days.',
      'The invoice has reached us and is with the approver.',
      'Payment is planned for the end of this week.',
      'Please find the requested copy attached.',
      'Could you send us the purchase order number?',
    ],
    0.85,
  ),
  prose(
    'reason',
    'reason|cause|justification|rationale|reason text|explanation text|void reason|cancellation reason|refund reason|reason description|dispute reason|change reason',
    [
      'Duplicate of an earlier invoice',
      'Price differs from the order',
      'Requested by the customer',
      'Quantity differs from the delivery',
      'Agreed with the account manager',
    ],
    0.2,
  ),
  prose(
    'status text',
    '=message|=reason|status description|status detail|status message|status reason',
    ['Connected and up to date', 'Last run finished without findings', 'Waiting for the next run'],
    0.3,
    'health status connection sync',
  ),
  prose(
    'terms',
    'terms and condition|term and condition|condition|legal text|footer|terms text|footer text|conditions|invoice footer|legal notice|' +
      'disclaimer|imprint',
    [
      'Payable without deduction within the term stated above.',
      'Goods remain our property until paid in full.',
      'Late payments bear interest at the statutory rate.',
    ],
    0.5,
  ),
  prose(
    'instructions',
    'instruction|payment instruction|guideline|delivery instruction|shipping instruction|submission guideline|directions|how to',
    [
      'One invoice for each purchase order, please.',
      'State the order number on every line.',
      'Send invoices as PDF to the address above.',
    ],
    0.4,
  ),
  prose(
    'question',
    'question|prompt|query|search|search term|search query|=q|filter text',
    ['overdue invoices of last month', 'unpaid invoices above 1,000', 'customers without a purchase order'],
    0.6,
  ),
  prose(
    'answer',
    'answer|reply|response|feedback|recommendation|suggestion|insight|advice|next step|action item',
    [
      'Call the customer before the due date.',
      'Attach the delivery note and send it again.',
      'Wait for the payment run on Friday.',
      'Ask for the remittance advice.',
    ],
    0.6,
  ),
  prose(
    'bio',
    'bio|biography|tagline|motto|slogan|about me',
    ['Keeps the books in order.', 'Likes invoices that add up.'],
    0.3,
  ),
  prose(
    'uncertainty',
    'uncertainty|doubt|open question|ambiguity|caveat|assumption|warning text',
    ['Amount could refer to another invoice.', 'Sender is not a known contact.', 'Date of the payment is not certain.'],
    0.4,
  ),
  prose(
    'condition',
    'rule|criteria|criterion|filter|expression|formula|rule text',
    ['amount > 1000', 'status = open', 'days_overdue > 14'],
    0.4,
  ),
]
