import { useQuery } from '@tanstack/react-query';
import { numbersQuery } from '../../data/campaigns.ts';
import { CheckboxField } from '../../components/checkbox.tsx';
import { Skeleton } from '../../components/states.tsx';

/** Which of our numbers the campaign contacts people from. */
export function NumbersField({
  ids,
  error,
  onChange,
}: {
  ids: string[] | null;
  error: string | null;
  onChange: (ids: string[] | null) => void;
}) {
  const { data, error: failed } = useQuery(numbersQuery);
  const numbers = data?.items ?? [];
  return (
    <fieldset>
      <legend className="mb-1.5 text-[13px] font-medium">Numbers</legend>
      <CheckboxField
        label="All of ours"
        hint="Also those that are added later."
        checked={ids === null}
        onChange={(event) => onChange(event.target.checked ? null : numbers.map(({ id }) => id))}
      />
      {ids === null ? null : failed ? (
        <p className="mt-2 text-[13px] text-bad">They could not be listed: {failed.message}</p>
      ) : !data ? (
        <Skeleton className="mt-2 h-16 w-full" />
      ) : (
        <ul className="mt-2 grid grid-cols-1 gap-1.5 sm:grid-cols-2">
          {numbers.map(({ id, e164, canSms, canVoice }) => (
            <li key={id}>
              <CheckboxField
                label={e164}
                hint={[canSms ? 'texts' : null, canVoice ? 'calls' : null].filter(Boolean).join(' and ')}
                checked={ids.includes(id)}
                onChange={(event) =>
                  onChange(event.target.checked ? [...ids, id] : ids.filter((other) => other !== id))
                }
              />
            </li>
          ))}
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
