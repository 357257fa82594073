import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';

export interface Series {
  label: string;
  values: number[];
  /** The number of a colour of the page. */
  colour: 1 | 2 | 3 | 4;
  isDashed?: boolean;
}

interface ChartProps {
  title: string;
  /** What stands along the axis, and in the first column of the table. */
  labels: string[];
  series: Series[];
  spanName: string;
  written: (value: number) => string;
}

const height = 200;
const dark = matchMedia('(prefers-color-scheme: dark)');

/** Lines over spans of the calendar. The same numbers are in a table below, for those who do not see the lines. */
export function Chart({ title, labels, series, spanName, written }: ChartProps) {
  const [pointed, setPointed] = useState<number | null>(null);
  const isEmpty = series.every(line => line.values.every(value => value === 0));
  return (
    <figure class="card chart">
      <figcaption><h3>{title}</h3></figcaption>
      {isEmpty
        ? <p class="empty">Nothing in this range.</p>
        : (
          <div aria-hidden="true">
            <Legend series={series} written={written} pointed={pointed} label={pointed === null ? '' : labels[pointed] ?? ''} />
            <Lines labels={labels} series={series} written={written} point={setPointed} />
          </div>
        )}
      <details>
        <summary>{title} as a table</summary>
        <div class="scroll" tabIndex={0} role="region" aria-label={`${title}, table`}>
          <table>
            <thead><tr><th scope="col">{spanName}</th>{series.map(({ label }) => <th key={label} scope="col" class="number">{label}</th>)}</tr></thead>
            <tbody>
              {labels.map((label, row) => (
                <tr key={row}><th scope="row">{label}</th>{series.map(({ label: column, values }) => <td key={column} class="number">{written(values[row] ?? 0)}</td>)}</tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

function Legend({ series, written, pointed, label }: Pick<ChartProps, 'series' | 'written'> & { pointed: number | null; label: string }) {
  return (
    <ul class="legend">
      {series.map(({ label: name, values, colour, isDashed }) => (
        <li key={name} class={`series-${colour}${isDashed ? ' dashed' : ''}`}>{name}{pointed !== null && <b> {written(values[pointed] ?? 0)}</b>}</li>
      ))}
      <li class="pointed">{label}</li>
    </ul>
  );
}

function Lines({ labels, series, written, point }: Pick<ChartProps, 'labels' | 'series' | 'written'> & { point: (index: number | null) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const data = [labels.map((_, index) => index), ...series.map(line => line.values)] as uPlot.AlignedData;
  const shape = JSON.stringify([labels, series.map(({ label, colour, isDashed }) => [label, colour, isDashed]), written(1)]);

  useEffect(() => {
    const element = box.current!;
    const draw = () => {
      plot.current?.destroy();
      plot.current = new uPlot(optionsOf(element, labels, series, written, point), data, element);
    };
    draw();
    dark.addEventListener('change', draw);
    const watch = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height }));
    watch.observe(element);
    return () => {
      dark.removeEventListener('change', draw);
      watch.disconnect();
      plot.current?.destroy();
    };
  }, [shape]);
  useEffect(() => plot.current?.setData(data), [JSON.stringify(data)]);
  return <div ref={box} class="lines" />;
}

function optionsOf(box: HTMLElement, labels: string[], series: Series[], written: (value: number) => string, point: (index: number | null) => void): uPlot.Options {
  const style = getComputedStyle(box);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const axis = { stroke: colour('--muted'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false }, font: '12px system-ui, sans-serif' };
  return {
    width: box.clientWidth,
    height,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false } },
    scales: { x: { time: false }, y: { range: (_, __, most) => [0, Math.max(1, most) * 1.08] } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 28,
        space: 64,
        incrs: [1, 2, 3, 4, 5, 7, 10, 14, 20, 28, 50, 100],
        values: (_, splits) => splits.map(split => Number.isInteger(split) ? labels[split] ?? '' : ''),
      },
      {
        ...axis,
        size: (_, values) => 18 + 7 * Math.max(0, ...(values ?? []).map(value => value.length)),
        values: (_, splits) => splits.map(split => Number.isInteger(split) || split >= 10 ? written(split) : ''),
      },
    ],
    series: [{}, ...series.map(line => ({
      label: line.label,
      stroke: colour(`--series-${line.colour}`),
      width: 2,
      points: { show: labels.length <= 2 },
      ...(line.isDashed && { dash: [5, 5], width: 1.5 }),
    }))],
    hooks: { setCursor: [({ cursor }) => point(cursor.idx ?? null)] },
  };
}
