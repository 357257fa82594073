/** What the pickers hold; the address of the page says the same. */
export interface Filters {
  preset: Preset;
  /** The days of a range of its own; only with the preset `custom`. */
  from?: string;
  to?: string;
  timeZone: string;
  /** HubSpot's id; undefined for all, empty for deals without a pipeline. */
  pipelineId?: string;
  /** HubSpot's id; undefined for all, empty for records without an owner. */
  ownerId?: string;
  /** The currency whose money is shown where only one can be; empty for deals without one. */
  currency?: string;
}

/** The arguments of a dashboard. */
export interface Range {
  from: string;
  to: string;
  timeZone: string;
  pipelineId?: string;
  ownerId?: string;
}

export const presets = {
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
  '90d': 'Last 90 days',
  '365d': 'Last 365 days',
  month: 'This month',
  'last-month': 'Last month',
  year: 'This year',
  custom: 'Other days',
} as const;

export type Preset = keyof typeof presets;

const day = 86_400_000;
const iso = (date: Date) => date.toISOString().slice(0, 10);
const isDay = (text: string | null): text is string => /^\d{4}-\d\d-\d\d$/.test(text ?? '') && !Number.isNaN(Date.parse(text!));

export const ownTimeZone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

export const timeZones: string[] = [...new Set(['UTC', ownTimeZone, ...Intl.supportedValuesOf('timeZone')])];

function isTimeZone(name: string | null): name is string {
  try {
    return name !== null && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

/** Today's date in a time zone. */
export const today = (timeZone: string) => new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date());

/** The days that the pickers mean today. */
export function rangeOf({ preset, from, to, timeZone, pipelineId, ownerId }: Filters): Range {
  const now = new Date(`${today(timeZone)}T00:00:00Z`);
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  const lastDays = (days: number) => [iso(new Date(now.getTime() - (days - 1) * day)), iso(now)];
  const [first, last] = {
    '7d': () => lastDays(7),
    '30d': () => lastDays(30),
    '90d': () => lastDays(90),
    '365d': () => lastDays(365),
    month: () => [iso(new Date(Date.UTC(year, month, 1))), iso(now)],
    'last-month': () => [iso(new Date(Date.UTC(year, month - 1, 1))), iso(new Date(Date.UTC(year, month, 0)))],
    year: () => [`${year}-01-01`, iso(now)],
    custom: () => [from!, to!],
  }[preset]() as [string, string];
  return { from: first, to: last, timeZone, ...(pipelineId !== undefined && { pipelineId }), ...(ownerId !== undefined && { ownerId }) };
}

/** Reads the address; what it does not say, or says wrongly, is as when the page is first opened. */
export function read(search: string): Filters {
  const parameters = new URLSearchParams(search);
  const [range, from, to, timeZone] = ['range', 'from', 'to', 'tz'].map(name => parameters.get(name)) as (string | null)[];
  const shared = {
    timeZone: isTimeZone(timeZone!) ? timeZone! : ownTimeZone,
    pipelineId: parameters.get('pipeline') ?? undefined,
    ownerId: parameters.get('owner') ?? undefined,
    currency: parameters.get('currency') ?? undefined,
  };
  if (isDay(from!) && isDay(to!) && from! <= to!) return { preset: 'custom', from: from!, to: to!, ...shared };
  return { preset: range && range in presets && range !== 'custom' ? range as Preset : '30d', ...shared };
}

/** The part of the address that says what the pickers hold; empty for the page as it is first opened. */
export function write({ preset, from, to, timeZone, pipelineId, ownerId, currency }: Filters): string {
  const parameters = new URLSearchParams();
  if (preset === 'custom') {
    parameters.set('from', from!);
    parameters.set('to', to!);
  } else if (preset !== '30d') {
    parameters.set('range', preset);
  }
  if (timeZone !== ownTimeZone) parameters.set('tz', timeZone);
  if (pipelineId !== undefined) parameters.set('pipeline', pipelineId);
  if (ownerId !== undefined) parameters.set('owner', ownerId);
  if (currency !== undefined) parameters.set('currency', currency);
  return parameters.size > 0 ? `?${parameters}` : '';
}
