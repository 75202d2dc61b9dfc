import { describe, expect, it } from 'vitest'
import { recognise } from '../../../factories/semantics/recognise.ts'
import type { SchemaObject } from '../../../spec/index.ts'

const text = { type: 'string' }
const whole = { type: 'integer' }
const number = { type: 'number' }
const any = {}

/** Meaning, schema, and names that have it; `owner.name` stands for a property inside of another. */
const table: readonly (readonly [label: string, schema: SchemaObject, names: string])[] = [
  ['given name', text, 'first_name firstName givenName recipient_first_name FIRST_NAME'],
  ['family name', text, 'last_name lastName surname familyName'],
  ['full name', text, 'full_name contactName person.name contact.displayName assignee.name cardholder_name author'],
  ['actor', text, 'created_by lastUpdatedBy transferred_to'],
  ['email', text, 'email e-mail emailAddress contact_email test_email reply_to'],
  ['company email', text, 'billing_email invoicing_emails'],
  ['phone', text, 'phone phoneNumber mobile_phone telephone test_phone_number'],
  ['fax', text, 'fax fax_number'],
  ['job title', text, 'job_title contact.title occupation'],
  ['user name', text, 'username user_name login'],
  ['company', text, 'company_name customer.name supplierName businessName vendor merchant.display_name'],
  ['legal name', text, 'legal_name legalEntityName'],
  ['tax id', text, 'tax_id vat_number vatId'],
  ['iban', text, 'iban bank_account'],
  ['last four', text, 'card_last4 last_four'],
  ['street', text, 'line1 address_line_1 street addressLine1'],
  ['second line', text, 'line2 address_line_2'],
  ['city', text, 'city town shipping_city'],
  ['region', text, 'region province billing_address.state'],
  ['postal code', text, 'postal_code zip zipCode postcode'],
  ['country code', text, 'country_code countryCode'],
  ['country', text, 'country billing_country'],
  ['latitude', number, 'lat latitude'],
  ['longitude', number, 'lng longitude'],
  ['time zone', text, 'timezone time_zone tz'],
  ['locale', text, 'locale'],
  ['language', text, 'language preferredLanguage language_code'],
  ['currency', text, 'currency currency_code base_currency defaultCurrency'],
  ['amount', number, 'amount total net_amount totalAmount subtotal amountPaid'],
  ['balance', number, 'balance account_balance'],
  ['price', number, 'price unit_price unitCost'],
  ['fee', whole, 'fee shipping_cost late_fee'],
  ['tax amount', whole, 'tax_amount totalTax'],
  ['discount', number, 'discount discount_amount'],
  ['tax rate', number, 'tax_rate vatRate effectiveTaxRate'],
  ['exchange rate', number, 'exchange_rate currencyRate fx_rate'],
  ['percentage', number, 'percent_used utilization'],
  ['count', whole, 'invoice_count redemption_count counter'],
  ['total pages', whole, 'total_pages page_count'],
  ['total of items', whole, 'pagination.total_items totalResults'],
  ['page', whole, 'page page_number currentPage'],
  ['page size', whole, 'page_size per_page pageSize'],
  ['quantity', number, 'quantity qty units'],
  ['position', whole, 'position line_number sort_order'],
  ['priority', whole, 'priority'],
  ['year', whole, 'year expYear fiscal_year'],
  ['age', whole, 'age'],
  ['score', number, 'score confidence confidence_score'],
  ['seconds', whole, 'duration timeout call_duration'],
  ['days', whole, 'trial_days retention_days'],
  ['size in bytes', whole, 'file_size size_bytes attachment.size'],
  ['http status', whole, 'status_code httpStatus'],
  ['attempts', whole, 'attempts retry_count'],
  ['moment', text, 'some_date reviewed_at'],
  ['created', text, 'created_at createdDate creation_date dateCreated create_time'],
  ['modified', text, 'updated_at lastModified modifiedDate last_update_time'],
  ['last event', text, 'last_login_at lastSyncDate last_sent_time'],
  ['rare event', text, 'deleted_at voidedAt canceled_at'],
  ['issued', text, 'issue_date invoiceDate'],
  ['due', text, 'due_date dueDate promised_to_pay_date'],
  ['start', text, 'start_date period_start valid_from'],
  ['end', text, 'end_date periodEnd valid_until'],
  ['later', text, 'expires_at next_run_at renewal_date'],
  ['birth date', text, 'birth_date dateOfBirth'],
  ['opening', text, 'opening_time opens_at'],
  ['time of day', { type: 'string', format: 'time' }, 'send_time anything'],
  ['id', text, 'id customer_id invoiceId plan_ids'],
  ['foreign id', text, 'external_id remoteId'],
  ['token', text, 'token access_token apiKey client_secret'],
  ['cursor', text, 'next_cursor continuationToken page_token'],
  ['invoice number', text, 'invoice_number invoiceNumber'],
  ['order number', text, 'po_number purchase_order'],
  ['reference', text, 'reference ext_reference_1 ext_reference_5 payment_reference'],
  ['article number', text, 'sku product_code'],
  ['coupon code', text, 'coupon_code coupon.code'],
  ['link', text, 'url web_url checkout_url externalUrl'],
  ['website', text, 'website website_url'],
  ['image', text, 'image thumbnail_url'],
  ['logo', text, 'logo logoUrl logo_square'],
  ['avatar', text, 'avatar profile_picture'],
  ['document link', text, 'pdf_url recording_url'],
  ['domain', text, 'domain hostname'],
  ['ip', text, 'ip ip_address'],
  ['user agent', text, 'user_agent userAgent'],
  ['media type', text, 'mime_type contentType'],
  ['file name', text, 'file_name filename attachment.name'],
  ['hash', text, 'hash sha256 file_hash'],
  ['short hash', text, 'etag md5'],
  ['slug', text, 'slug'],
  ['color', text, 'color colour brand_color'],
  ['version', text, 'version api_version'],
  ['application', text, 'appSource app_name'],
  ['status', text, 'status sync_status'],
  ['invoice status', text, 'invoice.status invoice_status'],
  ['type', text, 'type kind category'],
  ['source', text, 'source origin sourceOfTruth'],
  ['frequency', text, 'frequency report_frequency billing_period'],
  ['sort order', text, 'sort_order thread_emails_sort_order'],
  ['tag', text, 'tags keywords'],
  ['note', text, 'notes comment comments memo private_note'],
  ['description', text, 'description'],
  ['article description', text, 'line_item.description product.description'],
  ['product', text, 'product_name item_name'],
  ['error message', text, 'error_message failure_reason webhook_setup_error error.message'],
  ['error code', text, 'error_code agent_error_code error.code'],
  ['stack trace', text, 'stacktrace stack_trace'],
  ['reason', text, 'reason cancellation_reason'],
  ['subject', text, 'subject'],
  ['settings', any, 'settings configuration'],
  ['custom fields', any, 'custom_fields'],
  ['metadata', { type: 'object' }, 'metadata remote_metadata'],
  ['uncertainty', text, 'uncertainties'],
]

const cases = table.flatMap(([label, schema, names]) => names.split(' ').map((name) => ({ label, schema, name })))

describe('what a name means', () => {
  it.each(cases)('takes $name for $label', ({ label, schema, name }) => {
    const [last = '', ...above] = name.split('.').toReversed()
    expect(recognise({ name: last, parents: above.toReversed(), schema })?.label).toBe(label)
  })

  it('asks the format before the name', () => {
    const labelOf = (format: string, name: string) =>
      recognise({ name, parents: [], schema: { type: 'string', format } })?.label
    expect(labelOf('uuid', 'created_by')).toBe('id')
    expect(labelOf('email', 'created_by')).toBe('email')
    expect(labelOf('date-time', 'completed')).toBe('moment')
    expect(labelOf('uri', 'portal')).toBe('link')
  })

  it('asks the description where the name tells nothing', () => {
    const labelOf = (description: string, type = 'string') =>
      recognise({ name: 'x', parents: [], schema: { type, description } })?.label
    expect(labelOf('ISO 4217 code')).toBe('currency')
    expect(labelOf('Identifier of the customer it belongs to')).toBe('id')
    expect(labelOf('An e-mail address')).toBe('email')
    expect(labelOf('Number of open invoices', 'integer')).toBe('count')
  })

  it('takes an account that is the id of something for an id', () => {
    expect(
      recognise({
        name: 'account',
        parents: [],
        schema: { type: 'string', description: 'Id of the ledger account to post to.' },
      })?.label,
    ).toBe('id')
  })

  it('looks past parents that say nothing', () => {
    expect(recognise({ name: 'name', parents: ['customer', 'data', 'items'], schema: text })?.label).toBe('company')
  })

  it('knows nothing of names that mean nothing', () => {
    expect(recognise({ name: 'xyzzy', parents: ['plugh'], schema: text })).toBeUndefined()
  })
})
