import type { CampaignSettings } from '../../data/campaigns.ts';
import { CheckboxField } from '../../components/checkbox.tsx';
import { NativeSelect } from '../../components/native-select.tsx';
import { weekdays } from './settings-words.ts';

type Hours = CampaignSettings['hours'];

const usual = { from: '09:00', to: '18:00' };
const workdays: Hours = { 1: usual, 2: usual, 3: usual, 4: usual, 5: usual };

/** The campaign's own hours by weekday, or none but the law's. */
export function HoursField({
  hours,
  error,
  onChange,
}: {
  hours: Hours;
  error: string | null;
  onChange: (hours: Hours) => void;
}) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-[13px] font-medium">Hours, where the lead is</legend>
      <CheckboxField
        label="Own hours"
        hint="Within what the law allows; without them only the law’s."
        checked={hours !== null}
        onChange={(event) => onChange(event.target.checked ? workdays : null)}
      />
      {hours === null ? null : (
        <ul className="mt-2.5 space-y-1.5">
          {weekdays.map(({ day, label }) => {
            const daily = hours[day];
            const set = (next: typeof daily) => {
              const rest = { ...hours };
              delete rest[day];
              onChange(next ? { ...rest, [day]: next } : rest);
            };
            return (
              <li
                key={day}
                className="grid min-h-9 grid-cols-[6.5rem_minmax(0,1fr)] items-center gap-x-2 sm:grid-cols-[8rem_minmax(0,1fr)]"
              >
                <CheckboxField
                  label={label}
                  checked={daily !== undefined}
                  onChange={(event) => set(event.target.checked ? usual : undefined)}
                />
                {daily ? (
                  <span className="flex items-center gap-2 text-sm text-ink-muted">
                    <TimeSelect
                      label={`${label} from`}
                      value={daily.from}
                      onChange={(from) => set({ ...daily, from })}
                    />
                    to
                    <TimeSelect
                      label={`${label} to`}
                      value={daily.to}
                      last
                      onChange={(to) => set({ ...daily, to })}
                    />
                  </span>
                ) : (
                  <span className="text-sm text-ink-faint">Closed</span>
                )}
              </li>
            );
          })}
        </ul>
      )}
      {error ? (
        <p role="alert" className="mt-1.5 text-[13px] text-bad">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}

const halfHours = Array.from(
  { length: 48 },
  (_, index) => `${String(Math.floor(index / 2)).padStart(2, '0')}:${index % 2 === 0 ? '00' : '30'}`,
);

/** Every half hour, and the end of the day, which a browser's own time field does not know. */
function TimeSelect(props: {
  label: string;
  value: string;
  last?: boolean;
  onChange: (time: string) => void;
}) {
  const times = props.last ? [...halfHours.slice(1), '24:00'] : halfHours;
  const all = times.includes(props.value) ? times : [...times, props.value].toSorted();
  return (
    <NativeSelect
      label={props.label}
      hideLabel
      className="w-24"
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
    >
      {all.map((time) => (
        <option key={time}>{time}</option>
      ))}
    </NativeSelect>
  );
}
