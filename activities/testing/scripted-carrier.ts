import type { CarrierCall, CarrierMessage } from '#domain/carrier-records.ts';
import type { Clock } from '#domain/clock.ts';
import { CarrierMisconfigured, CarrierOutcomeUnknown, CarrierUnavailable } from '#providers/faults.ts';
import type { MessagingProvider } from '#providers/messaging.ts';
import type { VoiceProvider } from '#providers/voice.ts';

/** How the carrier behaves at one request; what is not scripted is accepted. */
export type Behaviour =
  | 'accept'
  /** Takes it, and the answer is lost. */
  | 'timeout_after_accept'
  /** Does not take it, and nobody can tell from the answer. */
  | 'http_500'
  | 'rate_limit_429'
  | 'misconfigured'
  | { reject: string }
  /** The process dies with the request on the wire; the carrier takes it, or does not. */
  | 'crash_after_accept'
  | 'crash_before_accept';

/** Whoever waits for it waits until the test is over, like a process that is no more. */
export function createGrave() {
  let bury!: () => void;
  const dead = new Promise<never>((_, reject) => {
    bury = () => reject(new Error('this attempt died'));
  });
  dead.catch(() => {});
  return { dead, bury };
}

/**
 * A carrier in a test's hands: it does what the script says, one entry a request, and keeps its own books of what it
 * accepted, which are the truth.
 */
export function scriptCarrier(clock: Clock, dead: Promise<never>) {
  const texts: CarrierMessage[] = [];
  const calls: CarrierCall[] = [];
  const script: Behaviour[] = [];
  let requests = 0;
  let listable = true;
  let together: ((request: number) => Promise<void>) | undefined;

  async function meet<Record>(accept: (createdAt: Date) => Record) {
    requests += 1;
    const behaviour = script.shift() ?? 'accept';
    await together?.(requests);
    const createdAt = await clock.now();
    switch (behaviour) {
      case 'accept':
        return { outcome: 'accepted' as const, record: accept(createdAt) };
      case 'timeout_after_accept':
        accept(createdAt);
        throw new CarrierOutcomeUnknown('timed out');
      case 'http_500':
        throw new CarrierOutcomeUnknown('the carrier answered 500');
      case 'rate_limit_429':
        throw new CarrierUnavailable('the carrier answered 429', 7_000);
      case 'misconfigured':
        throw new CarrierMisconfigured('the carrier answered 401');
      case 'crash_after_accept':
        accept(createdAt);
        return dead;
      case 'crash_before_accept':
        return dead;
      default:
        return { outcome: 'rejected' as const, errorCode: behaviour.reject, message: 'refused' };
    }
  }

  function list<Record extends { to: string; from: string; createdAt: Date }>(records: Record[]) {
    return async (query: { to: string; from: string; since: Date; until: Date }) => {
      if (!listable) throw new CarrierUnavailable('the carrier answered 500');
      return records.filter(
        ({ to, from, createdAt }) =>
          to === query.to && from === query.from && createdAt >= query.since && createdAt <= query.until,
      );
    };
  }

  const messaging: MessagingProvider = {
    async sendText({ to, from, body }) {
      const met = await meet((createdAt): CarrierMessage => {
        const sid = `SM${String(texts.length + 1).padStart(32, '0')}`;
        const sent = { direction: 'outbound', status: 'queued', segments: 1, priceCents: null } as const;
        texts.push({ sid, to, from, body, errorCode: null, createdAt, ...sent });
        return texts.at(-1)!;
      });
      return met.outcome === 'accepted' ? { outcome: 'accepted', message: met.record } : met;
    },
    fetchText: async (sid) => texts.find((text) => text.sid === sid) ?? null,
    listTexts: list(texts),
  };
  const voice: VoiceProvider = {
    async placeCall({ to, from }) {
      const met = await meet((createdAt): CarrierCall => {
        const sid = `CA${String(calls.length + 1).padStart(32, '0')}`;
        const placed = {
          status: 'queued',
          answeredBy: null,
          durationSeconds: null,
          priceCents: null,
        } as const;
        calls.push({ sid, to, from, createdAt, ...placed });
        return calls.at(-1)!;
      });
      return met.outcome === 'accepted' ? { outcome: 'accepted', call: met.record } : met;
    },
    async fetchCall(sid) {
      if (!listable) throw new CarrierUnavailable('the carrier answered 500');
      return calls.find((call) => call.sid === sid) ?? null;
    },
    listCalls: list(calls),
  };

  return {
    messaging,
    voice,
    texts,
    calls,
    /** What the next requests meet, in order. */
    will: (...behaviours: Behaviour[]) => void script.push(...behaviours),
    /** The next requests, so many, are all on the wire before any of them is answered. */
    answersTogether(count: number) {
      const last = requests + count;
      let answer!: () => void;
      const answered = new Promise<void>((resolve) => (answer = resolve));
      together = (request) => {
        if (request >= last) answer();
        return answered;
      };
    },
    /** Whether the carrier can say what it has. */
    canSay: (able: boolean) => void (listable = able),
    requests: () => requests,
  };
}
