/** The figures as the server answers them; `schema.graphql` says what each means. */

export interface Count {
  current: number;
  previous: number;
  change: number | null;
}

export interface Measure {
  current: number | null;
  previous: number | null;
}

export interface MoneyFigure {
  currency: string | null;
  current: number;
  previous: number;
}

export interface Money {
  currency: string | null;
  amount: number;
}

export interface Forecast {
  currency: string | null;
  value: number;
  weighted: number;
}

export interface Group {
  value: string | null;
  total: Count;
  new: Count;
}

export interface ContactFigures {
  total: Count;
  new: Count;
  buckets: { start: string; new: Count }[];
  byLifecycleStage: Group[];
  bySource: Group[];
  conversion: { fromStage: string; toStage: string; reached: Count; converted: Count; rate: Measure }[];
}

export interface DealBucket {
  start: string;
  created: Count;
  won: Count;
  lost: Count;
  wonValue: MoneyFigure[];
}

export interface StageFigures {
  pipelineId: string | null;
  stageId: string | null;
  pipelineLabel: string | null;
  stageLabel: string | null;
  probability: number | null;
  deals: number;
  forecast: Forecast[];
}

export interface CloseMonthFigures {
  period: 'EARLIER' | 'MONTH' | 'LATER' | 'UNDATED';
  month: string | null;
  deals: number;
  forecast: Forecast[];
}

export interface DealFigures {
  open: Count;
  openValue: MoneyFigure[];
  created: Count;
  won: Count;
  lost: Count;
  winRate: Measure;
  wonValue: MoneyFigure[];
  averageSize: MoneyFigure[];
  medianDaysToClose: Measure;
  p90DaysToClose: Measure;
  buckets: DealBucket[];
  byStage: StageFigures[];
  byCloseMonth: CloseMonthFigures[];
  atRisk: { idleDays: number; idle: number; idleValue: Money[]; overdue: number; overdueValue: Money[] };
}

export interface WebhookFigures {
  received: Count;
  applied: Count;
  superseded: Count;
  ignored: Count;
  dead: Count;
  medianLagSeconds: Measure;
  p95LagSeconds: Measure;
  waiting: number;
  deadNow: number;
}

export type Bucket = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR';

export interface Figures {
  at: string;
  from: string;
  to: string;
  previousFrom: string;
  previousTo: string;
  timeZone: string;
  bucket: Bucket;
  contacts: ContactFigures;
  deals: DealFigures;
  webhooks: WebhookFigures;
}

export interface DeadLetter {
  id: string;
  subscriptionType: string | null;
  objectId: number | null;
  propertyName: string | null;
  occurredAt: string | null;
  receivedAt: string;
  attempts: number;
  reason: string | null;
}
