import { ArrowDown, CornerDownRight } from 'lucide-react';
import type { JourneyDefinition, Step } from '#domain/journey/definition.ts';
import { cx, words } from '../../lib/format.ts';
import { stepLooks } from '../../lib/steps.ts';
import { describeStep } from './step-words.ts';
import type { WayOut } from './step-words.ts';
import { TextPreview } from './text-preview.tsx';

/** A journey drawn downwards: each step with what it does, and where each way out of it leads. */
export function JourneyFlow({
  definition,
  campaignId,
}: {
  definition: JourneyDefinition;
  campaignId: string;
}) {
  const steps = inOrder(definition);
  const numbers = new Map(steps.map((step, index) => [step.id, index + 1]));
  return (
    <ol>
      {steps.map((step, index) => (
        <FlowStep
          key={step.id}
          step={step}
          next={steps[index + 1]}
          numbers={numbers}
          campaignId={campaignId}
        />
      ))}
    </ol>
  );
}

function FlowStep({
  step,
  next,
  numbers,
  campaignId,
}: {
  step: Step;
  next: Step | undefined;
  numbers: Map<string, number>;
  campaignId: string;
}) {
  const { label, icon: Icon } = stepLooks[step.kind];
  const { lines, quote, ways } = describeStep(step);
  const onlyNext = ways.length === 1 && ways[0]?.to === next?.id;
  const flowsOn = next !== undefined && ways.some((way) => way.to === next.id);
  return (
    <li id={`step-${step.id}`} className="scroll-mt-20">
      <div className="flex gap-3 rounded-lg border border-line bg-canvas p-3">
        <span
          aria-hidden
          className={cx(
            'grid size-8 shrink-0 place-items-center rounded-lg',
            step.kind === 'end' ? 'bg-sunken text-ink-muted' : 'bg-accent-soft text-accent-strong',
          )}
        >
          <Icon className="size-4" />
        </span>
        <div className="min-w-0 flex-1">
          <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
            <span className="tabular text-ink-faint">{numbers.get(step.id)}</span>
            <span className="font-medium">{words(step.id)}</span>
            <span className="text-xs text-ink-faint">{label}</span>
          </p>
          {quote === null ? null : (
            <p className="mt-1.5 max-w-[60ch] rounded-lg bg-sunken px-3 py-2 text-[13px] break-words whitespace-pre-wrap">
              <Template text={quote} />
            </p>
          )}
          {step.kind === 'sms' ? <TextPreview body={step.body} campaignId={campaignId} /> : null}
          {lines.map((line) => (
            <p key={line} className="mt-1 max-w-[70ch] text-[13px] break-words text-ink-muted">
              <Template text={line} />
            </p>
          ))}
          {ways.length > 0 && !onlyNext ? (
            <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1">
              {ways.map((way) => (
                <Way key={`${way.when} ${way.to}`} way={way} numbers={numbers} />
              ))}
            </ul>
          ) : null}
        </div>
      </div>
      {next ? (
        <span aria-hidden className="ml-[27px] grid h-6 w-0 place-items-center text-line-strong">
          {flowsOn ? <ArrowDown className="size-4" /> : null}
        </span>
      ) : null}
    </li>
  );
}

function Way({ way, numbers }: { way: WayOut; numbers: Map<string, number> }) {
  return (
    <li className="flex min-w-0 items-center gap-1.5 text-[13px]">
      <CornerDownRight className="size-3.5 shrink-0 text-ink-faint" aria-hidden />
      {way.when === null ? null : <span className="text-ink-muted">{way.when}:</span>}
      <a href={`#step-${way.to}`} className="min-w-0 truncate rounded text-accent hover:underline">
        <span className="tabular">{numbers.get(way.to)}</span> {words(way.to)}
      </a>
    </li>
  );
}

/** Template variables stand out from the words around them. */
function Template({ text }: { text: string }) {
  return text.split(/(\{\{[^}]*\}\})/).map((part, index) =>
    part.startsWith('{{') ? (
      <span key={index} className="rounded bg-accent-soft px-0.5 text-accent-strong">
        {variableWords(part.slice(2, -2))}
      </span>
    ) : (
      part
    ),
  );
}

/** `first_name|there` as "first_name, else there". */
function variableWords(variable: string): string {
  const [name = '', fallback] = variable.split('|').map((part) => part.trim());
  if (fallback === undefined) return name;
  return fallback === '' ? `${name}, if known` : `${name}, else ${fallback}`;
}

/** The first step first; the rest as they were written, which is how their author thinks of them. */
function inOrder({ start, steps }: JourneyDefinition): Step[] {
  const first = steps.filter((step) => step.id === start);
  return [...first, ...steps.filter((step) => step.id !== start)];
}
