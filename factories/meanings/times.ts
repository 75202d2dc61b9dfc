// Meanings: days, moments and spans.

import type { Clue } from '../semantics/clue.ts'
import { fits } from '../semantics/fit.ts'
import { oneOf } from '../semantics/meaning.ts'
import type { Draw, Make, ValueMeaning } from '../semantics/meaning.ts'
import { formatDay, formatInstant, secondsPerDay } from '../../spec/index.ts'

/** How a place writes a moment. */
type Shape = 'date' | 'instant' | 'seconds' | 'milliseconds' | 'spaced'

/** Formats that only moments and days have. */
const formats = 'date date-time datetime timestamp'

function shapeOf({ format, types, words, description, examples, schema }: Clue): Shape {
  if (types.size > 0 && !types.has('string'))
    return /milli/.test(description) || examples.some((example) => Number(example) > 1e11) ? 'milliseconds' : 'seconds'
  if (format === 'date') return 'date'
  if (/date[-_]?time/.test(format)) return 'instant'
  const sample = examples.find((example): example is string => typeof example === 'string')
  if (sample !== undefined)
    return /^\d{4}-\d\d-\d\d$/.test(sample) ? 'date' : /^\d{4}-\d\d-\d\d \d/.test(sample) ? 'spaced' : 'instant'
  if (schema.maxLength === 10) return 'date'
  if (/date[- ]?time|timestamp|8601|3339|\butc\b|\btime\b/.test(description)) return 'instant'
  const last = words.at(-1)
  return last === 'date' || last === 'day' || last === 'on' || /yyyy-mm-dd\b(?!.?t?.?hh)|\bdate\b/.test(description)
    ? 'date'
    : 'instant'
}

function written(instant: number, shape: Shape): string {
  if (shape === 'date') return formatDay(Math.floor(instant / secondsPerDay))
  return shape === 'spaced' ? formatInstant(instant).slice(0, 19).replace('T', ' ') : formatInstant(instant)
}

/** Writes a moment in working hours of a day so many days from today. */
const around = (
  from: number,
  to: number,
): { readonly text: Make<string>; readonly number: Make<number>; readonly formats: string } => {
  const at = ({ random, today }: Draw): number =>
    (today + random.int(from, to)) * secondsPerDay + random.int(8 * 60, 18 * 60) * 60 + random.int(0, 59)
  return {
    formats,
    text: (draw) => {
      const instant = at(draw)
      const text = written(instant, shapeOf(draw.clue))
      if (fits(draw.clue, text)) return text
      return [written(instant, 'instant'), written(instant, 'date')].find((other) => fits(draw.clue, other))
    },
    number: (draw) => at(draw) * (shapeOf(draw.clue) === 'milliseconds' ? 1000 : 1),
  }
}

const two = (value: number): string => String(value).padStart(2, '0')
const clock =
  (from: number, to: number): Make<string> =>
  ({ random, clue }) => {
    const text = `${two(random.int(from, to))}:${random.pick(['00', '00', '15', '30', '30', '45'])}`
    return clue.format === 'time' ? `${text}:00Z` : text
  }

/** Days, moments and spans. What came first is drawn from earlier days, so that pairs are mostly in order before anyone looks. */
export const timeMeanings: readonly ValueMeaning[] = [
  {
    label: 'moment',
    names: 'at|date|on|time|date time|datetime|timestamp|time stamp|on utc|utc|when|day|~date|last seen|since',
    ...around(-110, -1),
    presence: 0.75,
  },
  {
    label: 'created',
    presence: 0.97,
    ...around(-700, -130),
    names:
      'created at|created|created date|date created|creation date|creation time|created on|create time|registered at|' +
      'signup date|joined at|inserted at|registration date|opened at|added at|created time|member since|source created date|' +
      '=created date time',
  },
  {
    label: 'modified',
    presence: 0.95,
    ...around(-90, -1),
    names:
      'updated at|updated|modified at|modified|last modified|last updated|modified date|updated date|date modified|update time|' +
      'changed at|modified on|updated on|last modified date|last modified at|last updated at|last changed|revised at|' +
      'source modified date|last update',
  },
  {
    label: 'last event',
    presence: 0.6,
    ...around(-40, -1),
    names:
      'last * at|last * date|last * sync|last * time|last sync|last login|last activity|sync date|synced at|last synced|' +
      'last used at|last seen at|last sync date|last run at|last applied at|last activity at|last success',
  },
  {
    label: 'rare event',
    presence: 0.06,
    ...around(-60, -1),
    names:
      'deleted at|archived at|canceled at|cancelled at|voided at|refunded at|failed at|rejected at|expired at|disabled at|' +
      'suspended at|terminated at|revoked at|blocked at|removed at|uncollectible at|disputed at|bounced at|unsubscribed at|' +
      'deleted date|cancellation date|canceled date|cancelled date|deleted on|marked as uncollectible at|ended at|churned at|' +
      'reversed at|hidden at|paused at|error at|reset at|write off date',
  },
  {
    label: 'paid',
    presence: 0.6,
    ...around(-60, -1),
    names:
      'paid at|payment date|paid date|paid on|settled at|settlement date|payment received at|captured at|completed at|finished at|' +
      'resolved at|closed at|accepted at|approved at|finalized at|processed at|activated at|delivered at|sent at',
  },
  {
    label: 'issued',
    presence: 0.95,
    ...around(-110, -40),
    names:
      'issue date|issued at|invoice date|issued on|bill date|document date|posting date|order date|transaction date|booking date|' +
      'purchase date|date issued|delivery date|ship date|shipped at|effective date|event date|=date',
  },
  {
    label: 'start',
    presence: 0.85,
    ...around(-100, -30),
    names:
      'start|start date|started at|starts at|start at|begin|begin date|begins at|period start|period start date|valid from|' +
      'from date|date from|start date time|effective from|billing start date|current period start|=from|start time|started on|' +
      'commencement date|since date|subscription start|=after|service start',
  },
  {
    label: 'end',
    presence: 0.6,
    ...around(10, 120),
    names:
      'end|end date|ends at|end at|period end|period end date|valid until|valid to|to date|date to|end date time|effective to|' +
      'effective until|current period end|until|=to|through|end time|ends on|termination date|trial end|subscription end|=before|' +
      'service end|trial end date',
  },
  {
    label: 'due',
    presence: 0.85,
    ...around(-25, 45),
    names:
      'due date|due|due at|due on|payment due date|due by|deadline|promised date|promised to pay date|expected date|' +
      'expected payment date|expected at|pay by|target date|maturity date',
  },
  {
    label: 'later',
    presence: 0.6,
    ...around(5, 180),
    names:
      'expires at|expire at|expiry|expiry date|expiration|expiration date|expires|expires on|next * at|next * date|scheduled at|' +
      'scheduled for|scheduled date|renewal date|renews at|next run|next billing date|valid through|best before|next attempt|' +
      'next sync|available until|snoozed until|paused until|resume at|execute at',
  },
  {
    label: 'birth date',
    presence: 0.2,
    ...around(-22_000, -9_000),
    names: 'birth date|date of birth|birthday|dob|birthdate|born on',
  },
  {
    label: 'time of day',
    names: '=time|time of day|call time|send time|delivery time|run time|cutoff|cutoff time|local time|preferred time',
    formats: 'time',
    text: clock(8, 17),
    presence: 0.6,
  },
  {
    label: 'opening',
    names:
      'opening time|open time|opens at|start of day|window start|call window start|start hour|office hours start|=opens|' +
      'business hours start|quiet hours end|available from|start time',
    formats: 'time',
    text: clock(7, 9),
    presence: 0.6,
  },
  {
    label: 'closing',
    names:
      'closing time|close time|closes at|end of day|window end|call window end|end hour|office hours end|=closes|business hours end|' +
      'quiet hours start|available to|end time',
    formats: 'time',
    text: clock(16, 19),
    presence: 0.6,
  },
  {
    label: 'opening hours',
    names: 'opening hours|business hours|office hours|working time|availability',
    text: () => 'Mon–Fri 09:00–17:00',
    presence: 0.4,
  },
  {
    label: 'span',
    names: 'duration|period|interval|time span|timespan|retention|ttl|lifetime|length|frequency',
    formats: 'duration',
    needsFormat: true,
    text: oneOf(['P7D', 'P14D', 'P30D', 'P1M', 'P3M', 'P1Y', 'PT1H', 'PT30M']),
    presence: 0.7,
  },
  {
    label: 'call length',
    names: 'duration|call duration|length|elapsed|talk time',
    text: ({ random }) => `${two(random.int(0, 14))}:${two(random.int(4, 59))}`,
    presence: 0.7,
  },
  {
    label: 'month text',
    names: 'month|billing month|period|accounting period|fiscal period|statement month',
    text: ({ random, today }) => formatDay(today - random.int(20, 300)).slice(0, 7),
    examples: 'value',
    presence: 0.7,
  },
  {
    label: 'weekday',
    names: 'weekday|day of week|business day|week day',
    text: ({ random }) => random.pick(['monday', 'tuesday', 'wednesday', 'thursday', 'friday']),
    examples: 'value',
    presence: 0.6,
  },
]
