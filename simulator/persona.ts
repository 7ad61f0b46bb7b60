import type { AnsweredBy } from '#domain/carrier-status.ts';
import { type Seed, between, choose, chooseOne, draw } from './draw.ts';
import { type ReplyMood, repliesBy } from './replies.ts';

/**
 * Who is behind a phone number. Everything here is drawn from the seed, the phone and the number of the attempt (the
 * how-manieth accepted text or call to that phone), never from the order in which requests arrive.
 */
export const personaKinds = [
  'answers',
  'ignores',
  'voicemail',
  'busy',
  'replies_yes',
  'replies_no',
  'replies_question',
  'replies_stop',
  'wrong_number',
] as const;
export type PersonaKind = (typeof personaKinds)[number];

/**
 * How many of a hundred leads are of each kind. Three in ten never react, three in ten write back, the rest differ by
 * phone: plausible for people who once left their number, not measured.
 */
const mixture: readonly (readonly [PersonaKind, number])[] = [
  ['answers', 14],
  ['ignores', 30],
  ['voicemail', 18],
  ['busy', 6],
  ['replies_yes', 11],
  ['replies_no', 7],
  ['replies_question', 6],
  ['replies_stop', 4],
  ['wrong_number', 4],
];

type LineType = 'mobile' | 'landline' | 'nonFixedVoip';

export type Persona = {
  kind: PersonaKind;
  language: 'en' | 'es';
  lineType: LineType;
  /** The attempts at texting that get an answer: at most two, and the second follows the first. */
  repliesToAttempts: readonly number[];
  /** The first attempt at calling that a person picks up; earlier ones fare as the kind does. Null: nobody ever does. */
  picksUpFromAttempt: number | null;
};

/** Twilio's codes for a text that was accepted and did not arrive. */
type DeliveryError = '30003' | '30005' | '30006' | '30007';

export type TextOutcome = {
  sentAfterMs: number;
  /** After `sent`. */
  settledAfterMs: number;
  errorCode: DeliveryError | null;
  /** `delayMs` after delivery. */
  reply: { body: string; delayMs: number } | null;
};

export type CallOutcome =
  | { result: 'picked_up'; answeredBy: AnsweredBy; ringMs: number; detectionMs: number; talkMs: number }
  | { result: 'busy' | 'no-answer' | 'failed' };

/** The person behind a phone number. `kind` overrides the draw, for a demonstration in which everybody is alike. */
export function personaOf(seed: Seed, phone: string, kind?: PersonaKind): Persona {
  const own = (name: string) => draw(seed, 'persona', phone, name);
  const drawnKind = kind ?? choose(own('kind'), mixture);
  return {
    kind: drawnKind,
    language: own('language') < 0.1 ? 'es' : 'en',
    lineType: choose<LineType>(own('line'), [
      ['mobile', 90],
      ['landline', 5],
      ['nonFixedVoip', 5],
    ]),
    repliesToAttempts: replyAttempts(drawnKind, own('first reply'), own('second reply')),
    picksUpFromAttempt: pickUpAttempt(drawnKind, own('pick up')),
  };
}

/** What becomes of the `attempt`th text to this person. */
export function textOutcome(seed: Seed, phone: string, persona: Persona, attempt: number): TextOutcome {
  const own = (name: string) => draw(seed, 'text', phone, attempt, name);
  const errorCode = deliveryError(persona, own('delivery'), own('error'));
  const turn = persona.repliesToAttempts.indexOf(attempt);
  const mood = moodOf(persona.kind);
  return {
    sentAfterMs: between(own('sent'), 300, 1_500),
    settledAfterMs: between(own('settled'), 800, 5_000),
    errorCode,
    reply:
      errorCode === null && mood !== null && turn !== -1
        ? {
            body: chooseOne(own('reply'), repliesBy(persona.language, mood, turn)),
            delayMs: replyDelayMs(own('reply delay')),
          }
        : null,
  };
}

/** What becomes of the `attempt`th call to this person. */
export function callOutcome(seed: Seed, phone: string, persona: Persona, attempt: number): CallOutcome {
  const own = (name: string) => draw(seed, 'call', phone, attempt, name);
  if (own('network') < 0.01) return { result: 'failed' };
  const ringMs = between(own('ring'), 4_000, 20_000);
  const detectionMs = between(own('detection'), 2_500, 4_000);
  if (persona.picksUpFromAttempt !== null && attempt >= persona.picksUpFromAttempt) {
    const [shortest, longest] = persona.kind === 'wrong_number' ? [6_000, 20_000] : [20_000, 240_000];
    return {
      result: 'picked_up',
      answeredBy: own('verdict') < 0.95 ? 'human' : 'unknown',
      ringMs,
      detectionMs,
      talkMs: between(own('talk'), shortest, longest),
    };
  }
  const [busy, voicemail] = whenNotPickedUp[persona.kind];
  const at = own('result');
  if (at < busy) return { result: 'busy' };
  if (at >= busy + voicemail) return { result: 'no-answer' };
  const talkMs = between(own('talk'), 12_000, 45_000);
  return { result: 'picked_up', answeredBy: 'machine_start', ringMs, detectionMs, talkMs };
}

/** The chances of a busy line and of a machine when no person picks up; the rest just rings. */
const whenNotPickedUp: Record<PersonaKind, readonly [busy: number, voicemail: number]> = {
  answers: [0, 0],
  ignores: [0, 0.15],
  voicemail: [0, 1],
  busy: [1, 0],
  replies_yes: [0.05, 0.5],
  replies_no: [0.05, 0.5],
  replies_question: [0.05, 0.5],
  replies_stop: [0, 0.2],
  wrong_number: [0, 0.4],
};

/** The chances of a person picking up from the first, the second or the third call; the rest never does. */
const pickUpChances: Record<PersonaKind, readonly [first: number, second: number, third: number]> = {
  answers: [0.65, 0.25, 0.1],
  ignores: [0, 0, 0],
  voicemail: [0, 0.15, 0],
  busy: [0, 0.4, 0.2],
  replies_yes: [0.5, 0.25, 0],
  replies_no: [0.2, 0.1, 0],
  replies_question: [0.4, 0.3, 0],
  replies_stop: [0, 0, 0],
  wrong_number: [0.5, 0.1, 0],
};

function pickUpAttempt(kind: PersonaKind, at: number): number | null {
  const [first, second, third] = pickUpChances[kind];
  const never = Math.max(0, 1 - first - second - third);
  return choose<number | null>(at, [
    [1, first],
    [2, second],
    [3, third],
    [null, never],
  ]);
}

function moodOf(kind: PersonaKind): ReplyMood | null {
  switch (kind) {
    case 'replies_yes':
      return 'yes';
    case 'replies_no':
      return 'no';
    case 'replies_question':
      return 'question';
    case 'replies_stop':
      return 'stop';
    case 'wrong_number':
      return 'wrong_number';
    default:
      return null;
  }
}

/** Three in four react to the first text, the others to the second; three in ten of those who chat write once more. */
function replyAttempts(kind: PersonaKind, first: number, second: number): number[] {
  if (moodOf(kind) === null) return [];
  const attempt = first < 0.75 ? 1 : 2;
  const chats = kind === 'replies_yes' || kind === 'replies_no' || kind === 'replies_question';
  return chats && second < 0.3 ? [attempt, attempt + 1] : [attempt];
}

/** A landline never gets a text; of the others, three in a hundred texts are lost on the way. */
function deliveryError(persona: Persona, at: number, which: number): DeliveryError | null {
  if (persona.lineType === 'landline') return '30006';
  return at < 0.03 ? chooseOne(which, ['30003', '30005', '30007'] as const) : null;
}

/** Two to fifty minutes, the short ones more often. */
function replyDelayMs(at: number): number {
  return Math.round((2 + 48 * at ** 2) * 60_000);
}
