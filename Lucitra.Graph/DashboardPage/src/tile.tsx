import type { ComponentChildren } from 'preact';
import type { Count, Measure, MoneyFigure } from './figures.ts';
import * as format from './format.ts';

/** Which way a figure is better. */
type Better = 'more' | 'less' | 'neither';

function Change({ change, better = 'more', written = format.relativeChange }: { change: number | null; better?: Better; written?: (change: number) => string }) {
  if (change === null || !Number.isFinite(change) || Math.abs(change) < 0.005) return null;
  const isGood = better === 'neither' ? undefined : (change > 0) === (better === 'more');
  return (
    <span class={`change ${isGood === undefined ? '' : isGood ? 'good' : 'bad'}`}>
      <span aria-hidden="true">{change > 0 ? '▲' : '▼'} </span>{written(change)}
    </span>
  );
}

/** A figure beside the same of the previous range. */
export function Tile({ label, children, hint }: { label: string; children: ComponentChildren; hint?: string }) {
  return (
    <div class="tile">
      <dt>{label}{hint && <small> {hint}</small>}</dt>
      {children}
    </div>
  );
}

interface ValueProps {
  now: string;
  before: string;
  title?: string;
  change: number | null;
  better?: Better;
  /** How a change is written; left out: as a part of what was. */
  written?: (change: number) => string;
}

function Value({ now, before, title, change, better, written }: ValueProps) {
  return (
    <dd>
      <strong key={now} title={title}>{now}</strong>
      <span class="before">was {before} <Change change={change} better={better} written={written} /></span>
    </dd>
  );
}

export const CountTile = ({ label, figure, better, hint }: { label: string; figure: Count; better?: Better; hint?: string }) => (
  <Tile label={label} hint={hint}>
    <Value now={format.count(figure.current)} before={format.count(figure.previous)} change={figure.change} better={better} />
  </Tile>
);

interface MeasureTileProps {
  label: string;
  figure: Measure;
  written: (value: number | null) => string;
  better?: Better;
  hint?: string;
}

export const MeasureTile = ({ label, figure, written, better, hint }: MeasureTileProps) => (
  <Tile label={label} hint={hint}>
    <Value now={written(figure.current)} before={written(figure.previous)} change={format.changeOf(figure)} better={better} />
  </Tile>
);

/** A part of a whole; its change is told in percentage points. */
export const RateTile = ({ label, figure, hint }: { label: string; figure: Measure; hint?: string }) => (
  <Tile label={label} hint={hint}>
    <Value
      now={format.percent(figure.current)}
      before={format.percent(figure.previous)}
      change={figure.current !== null && figure.previous !== null ? figure.current - figure.previous : null}
      written={format.points}
    />
  </Tile>
);

export const MoneyTile = ({ label, figure: { currency, current, previous }, better, hint }: { label: string; figure: MoneyFigure; better?: Better; hint?: string }) => (
  <Tile label={label} hint={hint}>
    <Value
      now={format.money(current, currency)}
      before={format.money(previous, currency)}
      title={format.money(current, currency, true)}
      change={previous ? current / previous - 1 : null}
      better={better}
    />
  </Tile>
);

/** A figure of the present, which has none of a previous range. */
export const NowTile = ({ label, value, written = format.count, hint, tone }: { label: string; value: number; written?: (value: number) => string; hint?: string; tone?: 'bad' }) => (
  <Tile label={label} hint={hint}>
    <dd><strong key={value} class={tone && value > 0 ? tone : undefined}>{written(value)}</strong><span class="before">now</span></dd>
  </Tile>
);
