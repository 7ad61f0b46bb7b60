import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { touchWhyQuery } from '../../data/why-queries.ts';
import type { TouchWhy } from '../../data/why-queries.ts';
import { ErrorState, SkeletonRows } from '../../components/states.tsx';
import { words } from '../../lib/format.ts';
import { formatInstant } from '../../lib/format-time.ts';

type Props = { journeyId: string; touchId: string; timeZone: string | undefined };

/** Why a text or a call was made, or was not: what the gate saw, as it was then. */
export function TouchWhyDisclosure(props: Props) {
  const [open, setOpen] = useState(false);
  return (
    <details className="mt-1.5 text-[13px]" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="w-fit cursor-pointer rounded text-xs text-accent select-none hover:underline">
        Why?
      </summary>
      {open ? <Record {...props} /> : null}
    </details>
  );
}

function Record({ journeyId, touchId, timeZone }: Props) {
  const { data: why, error, refetch } = useQuery(touchWhyQuery(journeyId, touchId));
  if (!why)
    return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <SkeletonRows rows={2} />;
  const at = (iso: string) => formatInstant(iso, timeZone);
  return (
    <dl className="mt-2 grid grid-cols-1 gap-x-5 gap-y-2.5 rounded-lg border border-line bg-canvas p-3 sm:grid-cols-[8rem_minmax(0,1fr)]">
      {why.refusal ? (
        <Line label="Refused">
          {why.refusal.message}
          {why.refusal.action ? <Small>{why.refusal.action}</Small> : null}
        </Line>
      ) : null}
      <Line label="Decided">{at(why.decidedAt)}</Line>
      <Line label="Consent">
        {why.consent ? consentWords(why.consent, at) : 'No word of the person was on record.'}
        {why.consent?.text ? <Small>“{why.consent.text}”</Small> : null}
      </Line>
      <Line label="Do-not-call">{dncWords(why.dnc)}</Line>
      {why.hours ? <Hours hours={why.hours} /> : null}
      <Line label="Journey">
        {why.version ? `Version ${why.version.number}` : 'No journey asked for it'}
        {why.stepId ? `, step “${words(why.stepId)}”` : null}
        {why.template ? <Small>{why.template}</Small> : null}
      </Line>
      {why.number ? (
        <Line label="Number">
          <span className="tabular">{why.number.e164}</span>,{' '}
          {becauseWords[why.number.because] ?? why.number.because}
        </Line>
      ) : null}
      <Line label="History">
        <ol>
          {why.history.map(({ at: when, by, status, errorCode }) => (
            <li key={`${when} ${by} ${status}`}>
              {at(when)}: {words(status).toLowerCase()}
              {by === 'carrier' ? ', says the carrier' : null}
              {errorCode ? ` (error ${errorCode})` : null}
            </li>
          ))}
        </ol>
        {why.requests > 1 ? <Small>{why.requests} requests to the carrier</Small> : null}
      </Line>
    </dl>
  );
}

function Hours({ hours: { localTimes, states, rules } }: { hours: NonNullable<TouchWhy['hours']> }) {
  return (
    <Line label="Where the lead was">
      {Object.entries(localTimes).map(([zone, time]) => (
        <span key={zone} className="tabular block">
          {time} in {zone}
        </span>
      ))}
      {states.length > 0 ? <Small>Rules of {states.join(', ')} considered</Small> : null}
      {rules.map(({ code, source, ruleVersion }) => (
        <Small key={`${code} ${source} ${ruleVersion}`}>
          {words(code)}: {source} · {ruleVersion}
        </Small>
      ))}
    </Line>
  );
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-faint max-sm:-mb-2">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}

function Small({ children }: { children: ReactNode }) {
  return <span className="block text-xs break-words text-ink-muted">{children}</span>;
}

function consentWords(consent: NonNullable<TouchWhy['consent']>, at: (iso: string) => string): string {
  const word = consent.kind === 'opt_in' ? 'Opted in' : 'Opted out';
  const about = consent.channel === 'all' ? '' : ` of ${consent.channel === 'sms' ? 'texts' : 'calls'}`;
  return `${word}${about} by ${words(consent.source).toLowerCase()}, ${at(consent.at)}`;
}

function dncWords({ lists, found }: TouchWhy['dnc']): string {
  if (found.length > 0) return `On the list ${found.map(({ list }) => list).join(', ')}`;
  if (lists === null) return 'On none of the lists.';
  if (lists.length === 0) return 'No list was loaded.';
  return `On none of: ${lists.map(({ list, scrubbedOn }) => `${list} (${scrubbedOn ? `copy of ${scrubbedOn}` : 'no date'})`).join(', ')}`;
}

const becauseWords: Record<string, string> = {
  conversation: 'which the lead knows',
  local_presence: 'of the lead’s own area',
  least_used: 'the least used that day',
};
