import type { Bucket, Measure } from './figures.ts';

/** The reader's own way of writing numbers and dates. */
const locale = navigator.languages?.[0];

const whole = new Intl.NumberFormat(locale);
const tenth = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
const changes = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' });

export const none = '–';

export const count = (value: number) => whole.format(value);
export const percent = (value: number | null) => value === null ? none : percents.format(value);
export const relativeChange = (value: number) => changes.format(value);

const pointsOf = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, signDisplay: 'exceptZero' });

/** A difference of two percentages. */
export const points = (difference: number) => `${pointsOf.format(100 * difference)} points`;

export const days = (value: number | null) => value === null ? none : `${tenth.format(value)} d`;

export function seconds(value: number | null): string {
  if (value === null) return none;
  if (value < 120) return `${tenth.format(value)} s`;
  return value < 7_200 ? `${tenth.format(value / 60)} min` : `${tenth.format(value / 3_600)} h`;
}

/** An amount in its currency; short from a million on unless it is wanted in full. */
export function money(amount: number, currency: string | null, inFull = false): string {
  const style: Intl.NumberFormatOptions = Math.abs(amount) >= 1_000_000 && !inFull
    ? { notation: 'compact', maximumFractionDigits: 2 }
    : Math.abs(amount) < 1_000 || inFull
      ? { minimumFractionDigits: 2, maximumFractionDigits: 2, trailingZeroDisplay: 'stripIfInteger' }
      : { maximumFractionDigits: 0 };
  try {
    if (currency) return new Intl.NumberFormat(locale, { style: 'currency', currency, ...style }).format(amount);
  } catch {
    // HubSpot's accounts can have codes that are not of three letters.
    return `${new Intl.NumberFormat(locale, style).format(amount)} ${currency}`;
  }
  return new Intl.NumberFormat(locale, style).format(amount);
}

export const currencyName = (currency: string | null) => currency ?? 'No currency';

const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });

/** A day that is written as 2026-11-30. */
export const date = (text: string) => dates.format(new Date(`${text}T00:00:00Z`));

export const dateRange = (from: string, to: string) => dates.formatRange(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`));

export const moment = (text: string, timeZone: string) =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(text));

export const time = (text: string, timeZone: string) => new Intl.DateTimeFormat(locale, { timeStyle: 'medium', timeZone }).format(new Date(text));

export const month = (text: string) => new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${text}T00:00:00Z`));

const spans: Record<Bucket, Intl.DateTimeFormatOptions> = {
  DAY: { day: 'numeric', month: 'short' },
  WEEK: { day: 'numeric', month: 'short' },
  MONTH: { month: 'short', year: '2-digit' },
  QUARTER: { month: 'short', year: '2-digit' },
  YEAR: { year: 'numeric' },
};

/** The beginning of a span of the calendar. */
export const span = (start: string, bucket: Bucket, timeZone: string) => new Intl.DateTimeFormat(locale, { ...spans[bucket], timeZone }).format(new Date(start));

export const spanNames: Record<Bucket, string> = { DAY: 'day', WEEK: 'week', MONTH: 'month', QUARTER: 'quarter', YEAR: 'year' };

const lifecycleStages: Record<string, string> = {
  marketingqualifiedlead: 'Marketing qualified lead',
  salesqualifiedlead: 'Sales qualified lead',
};

/** HubSpot's internal value in words. */
export function words(value: string | null): string {
  if (!value) return 'Not set';
  const text = lifecycleStages[value] ?? value.replaceAll('_', ' ').toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const changeOf = ({ current, previous }: Measure) => current !== null && previous ? current / previous - 1 : null;
