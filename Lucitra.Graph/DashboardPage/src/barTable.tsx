import type { ComponentChildren } from 'preact';

interface Row {
  key: string;
  label: ComponentChildren;
  /** What the bar measures. */
  size: number;
  cells: ComponentChildren[];
}

interface BarTableProps {
  title: string;
  /** The heading of the first column, and those of the others. */
  columns: [string, ...string[]];
  rows: Row[];
  empty?: string;
}

/** A table whose rows have bars. */
export function BarTable({ title, columns: [first, ...others], rows, empty = 'Nothing in this range.' }: BarTableProps) {
  const most = Math.max(1, ...rows.map(row => row.size));
  return (
    <div class="card">
      <h3>{title}</h3>
      {rows.length === 0 ? <p class="empty">{empty}</p> : (
        <div class="scroll tall" tabIndex={0} role="region" aria-label={title}>
          <table class="bars">
            <thead><tr><th scope="col">{first}</th>{others.map(name => <th key={name} scope="col" class="number">{name}</th>)}</tr></thead>
            <tbody>
              {rows.map(({ key, label, size, cells }) => (
                <tr key={key}>
                  <th scope="row">{label}<span class="bar" aria-hidden="true"><span style={{ width: `${100 * size / most}%` }} /></span></th>
                  {cells.map((cell, index) => <td key={index} class="number">{cell}</td>)}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
