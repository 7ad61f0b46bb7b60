import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { requireStep } from './definition.ts';
import type { JourneyDefinition } from './definition.ts';
import { advance, restOf } from './engine.ts';
import type { Command, JourneyEvent, JourneyState } from './state.ts';
import { arbitraryDefinition } from './testing/arbitrary-definition.ts';
import { arbitraryDraws, facts, randomRun } from './testing/random-run.ts';
import type { RunStep } from './testing/random-run.ts';
import { validateDefinition } from './validate.ts';

/** Checks a sentence about every run of every valid definition. */
function always(holds: (steps: RunStep[], definition: JourneyDefinition) => void, runs = 300): void {
  fc.assert(
    fc.property(arbitraryDefinition, arbitraryDraws(), (definition, draws) => {
      holds(randomRun(definition, draws), definition);
    }),
    { numRuns: runs },
  );
}

type Touch = Extract<Command, { touchKey: string; stepId: string }>;

function asTouch(command: Command): Touch | null {
  return command.do === 'send-text' || command.do === 'place-call' ? command : null;
}

/** The commands that were given, each once: a state that keeps its command does not give it again. */
function commandsGiven(steps: RunStep[]): { command: Command; at: number }[] {
  return steps.flatMap(({ before, turn }, at) =>
    turn.state.command === before?.command ? [] : [{ command: turn.state.command, at }],
  );
}

const asJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

test('the definitions that these properties speak of are valid', () => {
  fc.assert(
    fc.property(arbitraryDefinition, (definition) => {
      expect(validateDefinition(definition)).toEqual([]);
    }),
  );
});

describe('whatever happens to a journey of a valid definition', () => {
  test('no touch is asked for twice under one key, unless the gate put it off', () => {
    always((steps) => {
      const open = new Set<string>();
      for (const { event, before, turn } of steps) {
        if (event?.type === 'touch-ended' && turn.state.command !== before?.command) {
          if (['deferred', 'held'].includes(event.result.outcome)) open.delete(event.touchKey);
        }
        const touch = asTouch(turn.state.command);
        if (touch && turn.state.command !== before?.command) {
          expect(open).not.toContain(touch.touchKey);
          open.add(touch.touchKey);
        }
      }
    });
  });

  test('a touch key belongs to one visit of one step and one attempt', () => {
    always((steps) => {
      const executions = new Map<string, string>();
      for (const { turn } of steps) {
        const { command, visit } = turn.state;
        if (!('touchKey' in command) || command.do === 'ask-carrier') continue;
        // A call's disposition is applied under the call's own key: it is about that call.
        const execution = JSON.stringify([turn.state.stepId, visit, turn.state.attempt]);
        expect(executions.get(`${command.do} ${command.touchKey}`) ?? execution).toBe(execution);
        executions.set(`${command.do} ${command.touchKey}`, execution);
      }
    });
  });

  test('nothing is commanded after the end, and nothing changes any more', () => {
    fc.assert(
      fc.property(arbitraryDefinition, arbitraryDraws(80), (definition, draws) => {
        const steps = randomRun(definition, draws, { beyondTheEnd: true });
        const end = steps.findIndex(({ turn }) => turn.state.status !== 'active');
        if (end < 0) return;
        const ended = steps[end]!.turn.state;
        expect(ended.command).toEqual({ do: 'finish' });
        expect(ended.endReason).not.toBeNull();
        for (const { turn } of steps.slice(end + 1)) expect(turn).toEqual({ state: ended, timeline: [] });
      }),
      { numRuns: 200 },
    );
  });

  test('its state is plain JSON, and goes on from its JSON as from itself', () => {
    always((steps, definition) => {
      for (const { event, before, turn } of steps) {
        expect(asJson(turn)).toStrictEqual(turn);
        if (before === null || event === null) continue;
        expect(advance(asJson(definition), facts, asJson(before), asJson(event))).toStrictEqual(turn);
      }
    }, 100);
  });

  test('while it is active there is something to do, or a rest that ends, later than it began', () => {
    always((steps) => {
      for (const { event, before, turn } of steps) {
        const { command, status } = turn.state;
        if (status !== 'active') continue;
        expect(command.do).not.toBe('finish');
        if (command.do !== 'rest') continue;
        expect(Number.isFinite(command.rest.untilMs)).toBe(true);
        const given =
          command !== before?.command && event?.type !== 'rescheduled' && event?.type !== 'resumed';
        if (given) expect(command.rest.untilMs).toBeGreaterThan(event?.atMs ?? 0);
      }
    });
  });

  test('a call step calls no more often in one visit than it may', () => {
    always((steps, definition) => {
      const calls = new Map<string, Set<string>>();
      for (const { command, at } of commandsGiven(steps)) {
        if (command.do !== 'place-call') continue;
        const { visit } = steps[at]!.turn.state;
        const visits = `${command.stepId} ${visit}`;
        const keys = calls.get(visits) ?? new Set();
        calls.set(visits, keys.add(command.touchKey));
        const step = requireStep(definition, command.stepId);
        const most = step.kind === 'call' ? (step.maxAttempts ?? 3) : 0;
        expect(command.attempt).toBeLessThanOrEqual(most);
        expect(keys.size).toBeLessThanOrEqual(most);
      }
    });
  });

  test('it never spins: no step that does not rest comes twice without a rest between', () => {
    always((steps) => {
      for (const { turn } of steps) expect(turn.state.endReason).not.toBe('LOOP_WITHOUT_WAIT');
    });
  });

  test('a branch on attempts sees as many as there were calls placed', () => {
    always((steps) => {
      const placed: Record<string, number> = {};
      for (const { event, before, turn } of steps) {
        const touch = before && asTouch(before.command);
        const answered = event?.type === 'touch-ended' && event.touchKey === touch?.touchKey;
        if (answered && touch.do === 'place-call' && event.result.outcome === 'done') {
          placed[touch.stepId] = (Object.hasOwn(placed, touch.stepId) ? placed[touch.stepId]! : 0) + 1;
        }
        expect(turn.state.attempts).toEqual(placed);
      }
    });
  });

  test('a result that comes again changes nothing', () => {
    const results: JourneyEvent['type'][] = [
      'touch-ended',
      'call-ended',
      'call-going-on',
      'disposition-applied',
      'stage-set',
    ];
    always((steps, definition) => {
      for (const { event, before, turn } of steps) {
        if (event === null || !results.includes(event.type)) continue;
        // It was for the command that stood there, or it was for nobody to begin with.
        if (turn.state.command === before?.command) expect(turn).toEqual({ state: before, timeline: [] });
        expect(advance(definition, facts, turn.state, event)).toEqual({ state: turn.state, timeline: [] });
      }
    });
  });

  test('a pause at any rest takes nothing from it and adds nothing', () => {
    fc.assert(
      fc.property(
        arbitraryDefinition,
        arbitraryDraws(20),
        fc.nat(1e9),
        fc.nat(1e6),
        (d, draws, forMs, afterMs) => {
          const { state } = randomRun(d, draws).at(-1)!.turn;
          if (state.status !== 'active' || state.pausedAtMs !== null) return;
          const rest = restOf(state);
          const pausedAtMs = Date.UTC(2027, 0, 1) + afterMs;
          const paused = advance(d, facts, state, { type: 'paused', atMs: pausedAtMs }).state;
          expect(paused).toEqual({ ...state, pausedAtMs });
          const again = advance(d, facts, paused, { type: 'paused', atMs: pausedAtMs + 5 });
          expect(again).toEqual({ state: paused, timeline: [] });
          const resumed = advance(d, facts, paused, { type: 'resumed', atMs: pausedAtMs + forMs }).state;
          const command = rest
            ? { do: 'rest', rest: { ...rest, untilMs: rest.untilMs + forMs } }
            : state.command;
          expect(resumed).toEqual({ ...state, command } as JourneyState);
          expect(advance(d, facts, resumed, { type: 'resumed', atMs: pausedAtMs + forMs }).timeline).toEqual(
            [],
          );
        },
      ),
    );
  });
});
