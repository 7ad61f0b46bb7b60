import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { setTimeout as sleep } from 'node:timers/promises';
import { account } from './stage.ts';
import type { Stage } from './stage.ts';
import type { Crowd } from './people.ts';

/** How soon a request must be told that the database is away. */
const refusalLimitMs = 2_000;
const tickMs = 20;

const paths = ['/v1/leads?limit=20', '/v1/journeys?limit=20', '/v1/launches?limit=20', '/v1/campaigns'];

/** Two organisations' clients and a carrier, who ask all the time and judge every answer by what it may be. */
export function createBystander(stage: Stage, crowds: readonly [Crowd, Crowd]) {
  const seen = { served: 0, refused: 0, slowestRefusalMs: 0 };
  const broken = { leaks: 0, wrongAnswers: 0, slowRefusals: 0, webhooksWrong: 0 };
  const taken: string[] = [];
  const examples = new Set<string>();
  let asked = 0;
  // Everything runs in this process: the time for which it got no turn says nothing about how long a request waited.
  let standstillMs = 0;
  let lastTickAt = performance.now();
  const ticking = setInterval(() => {
    const now = performance.now();
    standstillMs += Math.max(0, now - lastTickAt - tickMs);
    lastTickAt = now;
  }, tickMs);
  const begin = () => ({ at: performance.now(), standstillMs });
  const since = (began: ReturnType<typeof begin>) =>
    performance.now() - began.at - (standstillMs - began.standstillMs);

  /** True when the answer is a 503 as it must be. */
  async function isProperRefusal(response: Response, began: ReturnType<typeof begin>): Promise<boolean> {
    const ms = since(began);
    if (response.status !== 503) return false;
    seen.refused += 1;
    seen.slowestRefusalMs = Math.max(seen.slowestRefusalMs, ms);
    if (ms > refusalLimitMs) broken.slowRefusals += 1;
    const { code } = (await response.json()) as { code?: string };
    return response.headers.get('retry-after') !== null && code === 'DATABASE_UNAVAILABLE';
  }

  async function read(nr: number): Promise<void> {
    const [own, other] = nr % 2 === 0 ? crowds : [crowds[1], crowds[0]];
    const path = paths[Math.floor(nr / 2) % paths.length]!;
    const began = begin();
    const response = await own.request(path).catch(() => null);
    if (response?.ok) {
      seen.served += 1;
      const text = await response.text();
      const foreign = [other.organizationId, other.campaignId, `"${other.firstName}"`];
      if (foreign.some((mark) => text.includes(mark))) broken.leaks += 1;
      return;
    }
    if (response && (await isProperRefusal(response, began))) return;
    broken.wrongAnswers += 1;
    examples.add(`${path} ${response?.status ?? 'no answer'}`);
  }

  /** A text from a stranger to the first organisation's number, signed by the carrier. */
  async function textIn(): Promise<void> {
    asked += 1;
    const sid = `SM${String(asked).padStart(32, '0')}`;
    const url = `${stage.url}/webhooks/twilio/sms`;
    const form = { MessageSid: sid, From: '+12025550100', To: crowds[0].number, Body: 'Hello' };
    const began = begin();
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'x-twilio-signature': getExpectedTwilioSignature(account.authToken, url, form) },
      body: new URLSearchParams(form),
    }).catch(() => null);
    if (response?.ok) taken.push(sid);
    else if (!response || !(await isProperRefusal(response, began))) {
      broken.webhooksWrong += 1;
      examples.add(`webhook ${response?.status ?? 'no answer'}`);
    }
  }

  async function isGreen(): Promise<boolean> {
    return (await fetch(`${stage.url}/readyz`)).status === 200;
  }

  return {
    /** Ends the keeping of time. */
    leave: async () => clearInterval(ticking),
    /** So many requests at the same moment, by both organisations; resolves when all are answered. */
    async readAtOnce(count: number): Promise<void> {
      await Promise.all(Array.from({ length: count }, (_, nr) => read(nr)));
    },
    /** A read and a webhook while the database is away; true when `/readyz` says so. */
    async lookWhileAway(): Promise<boolean> {
      const [, , green] = await Promise.all([read(0), textIn(), isGreen()]);
      return !green;
    },
    async turnsGreen(withinMs: number): Promise<boolean> {
      for (const deadline = Date.now() + withinMs; Date.now() < deadline; await sleep(50)) {
        if (await isGreen()) {
          await textIn();
          return true;
        }
      }
      return false;
    },
    /** What was broken, with the webhooks that were acknowledged and are not there. */
    async count() {
      const [row] = await stage.asOwner<{ n: number }>(
        `select count(*)::int as n from unnest($1::text[]) as t (sid)
         where not exists (select from webhook_inbox i where i.dedupe_key = t.sid and i.processed_at is not null)`,
        [taken],
      );
      const slowest = Math.round(seen.slowestRefusalMs);
      const what = examples.size > 0 ? `, wrong: ${[...examples].slice(0, 5).join('; ')}` : '';
      return {
        answers: `${seen.served} requests served, ${seen.refused} told to come back (slowest ${slowest} ms)${what}`,
        ...broken,
        webhooksLost: row!.n,
      };
    },
  };
}
