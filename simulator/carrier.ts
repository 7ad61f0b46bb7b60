import type { Clock } from '#domain/clock.ts';
import type { CallbackSender } from './callbacks.ts';
import type { Seed } from './draw.ts';
import type { FaultSettings } from './faults.ts';
import type { Ledger } from './ledger.ts';
import { type Persona, type PersonaKind, personaOf } from './persona.ts';
import type { Course } from './scheduler.ts';

/** What the lives of texts, calls and replies share. */
export type Carrier = {
  seed: Seed;
  accountSid: string;
  clock: Clock;
  course: Course;
  ledger: Ledger;
  sender: CallbackSender;
  faults: FaultSettings;
  inboundWebhookUrl: string;
  /** Who is behind a phone. */
  personaAt(phone: string): Persona;
  /** The next number in a row that is kept by name and phone, from 1. */
  countOf(name: 'sms' | 'call' | 'inbound', phone: string): Counter;
};

type Counter = { value: number };

export function createCarrier(
  deps: Omit<Carrier, 'personaAt' | 'countOf'> & { persona?: (phone: string) => PersonaKind | undefined },
): Carrier {
  const { persona, ...rest } = deps;
  const counters = new Map<string, Counter>();
  return {
    ...rest,
    personaAt: (phone) => personaOf(deps.seed, phone, persona?.(phone)),
    countOf(name, phone) {
      const key = `${name} ${phone}`;
      const counter = counters.get(key) ?? { value: 0 };
      counters.set(key, counter);
      return counter;
    },
  };
}
