import { useEffect, useState } from 'preact/hooks';
import * as documents from './documents.ts';
import { presets, rangeOf, timeZones, type Filters, type Preset } from './filters.ts';
import { all } from './server.ts';

interface Choice {
  id: string;
  label: string;
}

interface Owner {
  hubSpotId: string;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
}

async function readPipelines(): Promise<Choice[]> {
  return (await all<{ hubSpotId: string; label: string }>(documents.pipelines)).map(({ hubSpotId, label }) => ({ id: hubSpotId, label }));
}

async function readOwners(): Promise<Choice[]> {
  return (await all<Owner>(documents.owners))
    .map(({ hubSpotId, firstName, lastName, email }) => ({ id: hubSpotId, label: [firstName, lastName].filter(Boolean).join(' ') || (email !== '***' && email) || hubSpotId }))
    .sort((a, b) => a.label.localeCompare(b.label));
}

function useChoices(readChoices: () => Promise<Choice[]>): Choice[] {
  const [choices, setChoices] = useState<Choice[]>([]);
  // Who may not read them can still choose what the address names.
  useEffect(() => void readChoices().then(setChoices, () => {}), []);
  return choices;
}

/** The pickers of range, time zone, pipeline and owner. */
export function FilterBar({ filters, change }: { filters: Filters; change: (change: Partial<Filters>) => void }) {
  const pipelines = useChoices(readPipelines);
  const owners = useChoices(readOwners);
  const { from, to } = rangeOf(filters);
  const choosePreset = (preset: Preset) => change(preset === 'custom' ? { preset, from, to } : { preset, from: undefined, to: undefined });
  const chooseDay = (which: 'from' | 'to', day: string) => {
    if (!day) return;
    const range = { from, to, [which]: day };
    if (range.from > range.to) range[which === 'from' ? 'to' : 'from'] = day;
    change({ preset: 'custom', ...range });
  };

  return (
    <form class="filters" aria-label="What to show" onSubmit={event => event.preventDefault()}>
      <label>Range
        <select name="range" value={filters.preset} onChange={event => choosePreset(event.currentTarget.value as Preset)}>
          {Object.entries(presets).map(([preset, name]) => <option key={preset} value={preset}>{name}</option>)}
        </select>
      </label>
      {filters.preset === 'custom' && (
        <>
          <label>From<input type="date" name="from" value={from} onChange={event => chooseDay('from', event.currentTarget.value)} /></label>
          <label>To<input type="date" name="to" value={to} onChange={event => chooseDay('to', event.currentTarget.value)} /></label>
        </>
      )}
      <label>Time zone
        <select name="timeZone" value={filters.timeZone} onChange={event => change({ timeZone: event.currentTarget.value })}>
          {(timeZones.includes(filters.timeZone) ? timeZones : [filters.timeZone, ...timeZones]).map(name => <option key={name} value={name}>{name.replaceAll('_', ' ')}</option>)}
        </select>
      </label>
      <Picker label="Pipeline" name="pipeline" choices={pipelines} chosen={filters.pipelineId} without="Deals without one" choose={pipelineId => change({ pipelineId })} />
      <Picker label="Owner" name="owner" choices={owners} chosen={filters.ownerId} without="Without an owner" choose={ownerId => change({ ownerId })} />
    </form>
  );
}

interface PickerProps {
  label: string;
  name: string;
  choices: Choice[];
  chosen: string | undefined;
  without: string;
  choose: (id: string | undefined) => void;
}

// HubSpot's ids hold no asterisk.
const everything = '*';

function Picker({ label, name, choices, chosen, without, choose }: PickerProps) {
  const isUnknown = Boolean(chosen) && !choices.some(({ id }) => id === chosen);
  return (
    <label>{label}
      <select name={name} value={chosen ?? everything} onChange={({ currentTarget: { value } }) => choose(value === everything ? undefined : value)}>
        <option value={everything}>All</option>
        {choices.map(({ id, label }) => <option key={id} value={id}>{label}</option>)}
        {isUnknown && <option value={chosen}>{chosen}</option>}
        <option value="">{without}</option>
      </select>
    </label>
  );
}
