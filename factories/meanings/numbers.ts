// Meanings: counts, pages, durations, sizes and scores.

import { between, oneOf } from '../semantics/meaning.ts'
import type { Draw, Make, ValueMeaning } from '../semantics/meaning.ts'

const hundredth =
  (low: number, high: number): Make<number> =>
  ({ random, clue }: Draw) =>
    clue.isWhole ? random.int(Math.ceil(low), Math.floor(high)) : random.int(low * 100, high * 100) / 100

/** Texts of a number where a place has only room for texts. */
const numeric = (number: Make<number>): Pick<ValueMeaning, 'number' | 'text' | 'formats' | 'isNumeric'> => ({
  number,
  isNumeric: true,
  formats: 'decimal int32 int64',
  text: (draw) => {
    const value = number(draw)
    return value === undefined ? undefined : String(value)
  },
})

const score: Make<number> = ({ random, clue }) =>
  clue.isWhole || (typeof clue.schema.maximum === 'number' && clue.schema.maximum > 1)
    ? random.int(35, 99)
    : random.int(35, 99) / 100
const few: Make<number> = ({ random }) => Math.floor(random.float() ** 2 * 12)
const bytes: Make<number> = ({ random }) => Math.round(4_000 * 2 ** (random.float() * 9))
const httpStatus: Make<number> = ({ random, clue }) => {
  const isError =
    clue.around.has('error') ||
    clue.words.includes('error') ||
    Number(clue.schema.minimum) >= 400 ||
    clue.description.includes('error')
  return random.pick(isError ? [400, 401, 403, 404, 409, 422, 429, 500, 502, 503] : [200, 200, 200, 201, 202, 204, 404])
}

/** How many, how much, how long, how good. */
export const numberMeanings: readonly ValueMeaning[] = [
  {
    label: 'count',
    names:
      'count|number of *|num *|counter|total count|~count|total item|item total|record|failure|redemption|processed item|' +
      'failed item|unread|hit|click|visit|use',
    ...numeric(few),
    presence: 0.9,
  },
  {
    label: 'failures',
    names: 'failure count|failed item|error count|failure|failed count|number of failure|number of error|failed record',
    ...numeric(oneOf([0, 0, 0, 0, 1, 2])),
    presence: 0.8,
  },
  {
    label: 'total of items',
    names: 'total result|total record|result count|total entry|total element',
    ...numeric(between(1, 480)),
    presence: 0.95,
  },
  {
    label: 'total of items',
    names:
      'total item|total record|total result|total count|result count|record count|total element|total entry|total row|=total',
    of: 'page pagination meta paging number of result list',
    ...numeric(between(1, 480)),
    presence: 0.95,
  },
  {
    label: 'total pages',
    names: 'total page|page count|number of page|last page|=page of',
    ...numeric(between(1, 24)),
    presence: 0.95,
  },
  { label: 'page', names: 'page|page number|current page|page index|=p', ...numeric(between(1, 4)), presence: 0.95 },
  { label: 'next page', names: 'next page|next page number|previous page', ...numeric(between(2, 5)), presence: 0.7 },
  {
    label: 'page size',
    names: 'page size|per page|items per page|page limit|results per page',
    ...numeric(oneOf([10, 20, 25, 50, 100])),
    presence: 0.95,
  },
  {
    label: 'page size',
    names: '=limit|=take|=first|=size',
    of: 'page pagination result return item per list',
    ...numeric(oneOf([10, 20, 25, 50, 100])),
    presence: 0.95,
  },
  {
    label: 'offset',
    names: 'offset|=skip|start index|from index',
    ...numeric(oneOf([0, 0, 20, 25, 50])),
    presence: 0.8,
  },
  {
    label: 'quantity',
    names:
      'quantity|units|=unit count|item quantity|order quantity|seats|seat|slot|slot count|initial slot|initial slot count|pieces|' +
      'quantity ordered|quantity shipped|consumed|included|usage',
    ...numeric(({ random, clue }) => quantityOf(random.float(), clue.isWhole)),
    presence: 0.95,
  },
  {
    label: 'stock',
    names:
      'stock|inventory|on hand|available quantity|stock level|capacity|committed capacity|quota|daily quota|allowance quantity',
    ...numeric(oneOf([10, 25, 40, 100, 250, 500, 1_000])),
    presence: 0.6,
  },
  {
    label: 'limit',
    names: 'limit|max|maximum|~max|~maximum|redemption limit|rate limit|threshold|cap|quota remaining',
    ...numeric(oneOf([5, 10, 20, 50, 100, 250, 500])),
    presence: 0.5,
  },
  {
    label: 'minimum',
    names: 'min|minimum|~min|~minimum|minimum count|lower bound',
    ...numeric(oneOf([0, 1, 1, 2, 5])),
    presence: 0.5,
  },
  {
    label: 'position',
    names:
      'index|position|order|sort order|rank|sequence|sequence number|line number|row|row number|ordinal|item index|display order|' +
      'sort index|step|row index|place',
    ...numeric(({ random }) => random.int(1, 9)),
    presence: 0.9,
  },
  {
    label: 'level',
    names: 'level|tier|depth|grade|dunning level|reminder level',
    ...numeric(between(1, 3)),
    presence: 0.7,
  },
  { label: 'priority', names: 'priority|severity|urgency|weight|importance', number: between(1, 5), presence: 0.7 },
  { label: 'age', names: 'age|age in years', ...numeric(between(24, 64)), presence: 0.6 },
  {
    label: 'age in days',
    names: 'days overdue|days past due|overdue days|age in days|days outstanding|dso|days late|days open',
    ...numeric(between(0, 75)),
    presence: 0.8,
  },
  {
    label: 'payment terms',
    names:
      'net terms|net term|payment terms days|payment term|days until due|due in days|term days|net days|terms days',
    number: oneOf([0, 7, 14, 30, 30, 30, 45, 60]),
    presence: 0.8,
  },
  {
    label: 'days',
    names: 'days|~days|duration days|trial days|trial duration|trial duration days|retention days|validity',
    ...numeric(oneOf([3, 7, 10, 14, 14, 30, 30, 60, 90])),
    presence: 0.5,
  },
  {
    label: 'months',
    names: 'months|~months|billing cycles|billing cycle|cycle|contract length|cycles|repeat|term months',
    ...numeric(oneOf([1, 3, 6, 12, 12, 24])),
    presence: 0.5,
  },
  {
    label: 'hours',
    names: 'hours|~hours|expires in hours|working hours',
    ...numeric(oneOf([1, 2, 4, 8, 24, 48])),
    presence: 0.6,
  },
  {
    label: 'minutes',
    names: 'minutes|~minutes|timeout in minutes',
    ...numeric(oneOf([5, 10, 15, 30, 45, 60])),
    presence: 0.6,
  },
  {
    label: 'seconds',
    names:
      'seconds|~seconds|duration|call duration|timeout|ttl|expires in|retry after|timeout in seconds|elapsed|length in seconds|' +
      'max age',
    number: oneOf([15, 30, 45, 60, 120, 184, 300, 600, 3_600]),
    presence: 0.7,
  },
  {
    label: 'milliseconds',
    names: 'milliseconds|ms|latency|response time|duration ms|elapsed ms|took',
    ...numeric(({ random }) => random.int(18, 920)),
    presence: 0.7,
  },
  {
    label: 'interval',
    names:
      'interval|interval count|every|frequency count|recurring value|block size|factor|step size|multiplier|unit conversion factor',
    ...numeric(oneOf([1, 1, 1, 2, 3, 6, 12])),
    presence: 0.8,
  },
  {
    label: 'attempts',
    names: 'attempt|retry|retries|retry count|attempt count|number of attempt|try',
    ...numeric(oneOf([0, 0, 0, 1, 1, 2, 3])),
    presence: 0.8,
  },
  {
    label: 'year',
    names: 'year|fiscal year|tax year|~year|expiry year|exp year',
    ...numeric(
      ({ random, clue, today }) =>
        1970 + Math.floor(today / 365.2425) + (/exp/.test(clue.words.join(' ')) ? random.int(1, 4) : -random.int(0, 2)),
    ),
    presence: 0.8,
  },
  { label: 'month', names: 'month|expiry month|exp month|month of year', ...numeric(between(1, 12)), presence: 0.8 },
  {
    label: 'day of month',
    names: 'day of month|billing day|billing day anchor|period start day|anchor day|day|due day|billing cycle anchor',
    ...numeric(oneOf([1, 1, 1, 5, 10, 15, 20, 28])),
    presence: 0.6,
  },
  { label: 'day of week', names: 'day of week|weekday', number: between(1, 5), presence: 0.6 },
  { label: 'hour', names: 'hour|hour of day', ...numeric(between(8, 18)), presence: 0.6 },
  {
    label: 'score',
    names:
      'score|confidence|probability|likelihood|relevance|similarity|confidence score|match score|accuracy|certainty|credit score|' +
      'risk score',
    ...numeric(score),
    presence: 0.75,
  },
  {
    label: 'ratio',
    names: 'ratio|share|fraction|proportion|weighting',
    ...numeric(hundredth(0.05, 0.95)),
    presence: 0.6,
  },
  { label: 'rating', names: 'rating|star|satisfaction|nps', ...numeric(between(3, 5)), presence: 0.5 },
  {
    label: 'progress',
    names: 'progress|percent complete|completion percentage|progress percentage',
    ...numeric(oneOf([20, 40, 60, 80, 100, 100])),
    presence: 0.7,
  },
  {
    label: 'size in bytes',
    names: 'file size|size in bytes|bytes|byte|content length|size bytes|byte size|~bytes|file length|attachment size',
    ...numeric(bytes),
    presence: 0.9,
  },
  {
    label: 'size in bytes',
    names: '=size|=length',
    of: 'file attachment bytes document image pdf upload',
    ...numeric(bytes),
    presence: 0.9,
  },
  {
    label: 'memory',
    names: 'memory mb|ram mb|memory|ram|memory limit mb|memory size mb',
    ...numeric(oneOf([2_048, 4_096, 8_192, 16_384, 32_768])),
    presence: 0.7,
  },
  {
    label: 'memory in use',
    names: 'memory used mb|memory used|memory usage mb|ram used mb',
    ...numeric(between(512, 1_900)),
    presence: 0.6,
  },
  {
    label: 'disk',
    names: 'disk gb|storage gb|disk size gb|disk|memory gb|ram gb',
    ...numeric(oneOf([40, 80, 120, 250, 500])),
    presence: 0.7,
  },
  {
    label: 'disk in use',
    names: 'disk free gb|disk used gb|storage used gb',
    ...numeric(between(4, 38)),
    presence: 0.6,
  },
  {
    label: 'uptime',
    names: 'uptime|uptime seconds|uptime in seconds',
    ...numeric(({ random }) => random.int(3_600, 7_776_000)),
    presence: 0.7,
  },
  { label: 'temperature', names: 'temperature|temp|temperature celsius', ...numeric(hundredth(18, 26)), presence: 0.6 },
  {
    label: 'audience',
    names: 'view|views|like|likes|follower|follower count|view count|page view|impression|share count|download',
    ...numeric(({ random }) => Math.round(10 ** (1 + random.float() * 3))),
    presence: 0.7,
  },
  {
    label: 'weekly hours',
    names: 'hours per week|working hours per week|weekly hours|contract hours',
    ...numeric(oneOf([20, 32, 36, 38.5, 40, 40])),
    presence: 0.6,
  },
  { label: 'width', names: 'width|image width', number: oneOf([320, 480, 640, 800, 1_200]), presence: 0.6 },
  { label: 'height', names: 'height|image height', number: oneOf([240, 320, 480, 600, 900]), presence: 0.6 },
  {
    label: 'mass',
    names: 'mass|kilogram|net weight|gross weight|kg|weight kg',
    ...numeric(hundredth(0.2, 24)),
    presence: 0.4,
  },
  {
    label: 'http status',
    names: 'status code|http status|http status code|http code|response code|response status|error status',
    ...numeric(httpStatus),
    presence: 0.9,
  },
  { label: 'port', names: 'port|port number', ...numeric(oneOf([443, 443, 8_080, 8_443, 5_432])), presence: 0.6 },
  {
    label: 'version number',
    names: 'version|revision|schema version|version number|plan version',
    number: between(1, 6),
    presence: 0.8,
  },
]

const quantityOf = (draw: number, isWhole: boolean): number =>
  isWhole || draw < 0.8 ? 1 + Math.floor(draw ** 3 * 48) : Math.round(draw * 50) / 4
