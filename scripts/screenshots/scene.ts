import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stack } from '#scripts/testing/start-stack.ts';
import { projectRoot } from '../launcher/paths.ts';
import type { Subjects } from './pages.ts';

const sample = readFileSync(join(projectRoot, 'docs/sample-leads.csv'), 'utf8');
/** People whom nobody has launched yet; the numbers are from the ranges that are kept for fiction. */
const fair = [
  'Name;Mobile;E-mail;City;State;Roof',
  'Noor Haddad;(602) 555-0121;noor@example.com;Phoenix;AZ;Tile',
  'Sam Ortega;(602) 555-0122;sam@example.com;Mesa;AZ;Flat',
  'Ines Duarte;(415) 555-0123;ines@example.com;San Francisco;CA;Shingle',
  'Liam Brandt;(415) 555-0124;;Oakland;CA;Shingle',
  'Mei Tanaka;(206) 555-0125;mei@example.com;Seattle;WA;Metal',
  'Omar Said;206-555;omar@example.com;Tacoma;WA;Metal',
  'Ruth Becker;(503) 555-0127;ruth@example.com;Portland;OR;Shingle',
  'Theo Laurent;(702) 555-0128;theo@example.com;Las Vegas;NV;Tile',
].join('\n');
/** People answer within seconds here; after that much there is something to be seen of everything. */
const meanwhileMs = 25_000;
/** What a morning at the telephone may have come to. */
const dispositions = ['interested', 'interested', 'callback_requested', 'appointment_set', 'not_interested'];

type Item = { id: string };
type Journey = Item & { lead: Item; status: string };

/** Brings the sample file in, launches it and lets time pass, so that every page has something to show. */
export async function setScene({ url, demo }: Stack, say: (line: string) => void): Promise<Subjects> {
  const ask = async <Answer>(path: string, body?: object): Promise<Answer> => {
    const response = await fetch(`${url}/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${demo.apiKey}`,
        ...(body instanceof FormData ? {} : { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: body instanceof FormData ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${text}`);
    return JSON.parse(text) as Answer;
  };
  const upload = (name: string, text: string, draft = false) => {
    const form = new FormData();
    form.set('file', new File([text], name, { type: 'text/csv' }));
    form.set('source', 'Partner');
    if (draft) form.set('draft', 'true');
    return ask<Item>('/imports', form);
  };

  await ask('/custom-fields', { name: 'roof', label: 'Roof', type: 'text' });
  const { id: launched } = await upload('sample-leads.csv', sample);
  const { campaignId } = demo;
  const { id: launchId } = await ask<Item>('/launches', { campaignId, cohort: { importId: launched } });
  await ask('/saved-filters', { name: 'New from partners', filter: { source: 'Partner', status: 'new' } });
  await ask('/dnc', { phone: '+12125550190', reason: 'Asked by telephone' });
  say('the sample file is launched; people answer');
  await sleep(meanwhileMs);

  const { items } = await ask<{ items: Journey[] }>(`/journeys?launchId=${launchId}&limit=100`);
  const active = items.filter(({ status }) => status === 'active');
  for (const [index, disposition] of dispositions.entries()) {
    const journey = active[index];
    if (journey) await ask(`/journeys/${journey.id}/dispositions`, { disposition });
  }
  const told = await mostToTell(items, ask);
  await ask(`/leads/${told.lead.id}/notes`, { body: 'Asked about the price. Has a new roof.' });
  const { id: draftId } = await upload('autumn-fair.csv', fair, true);
  const { id: importId } = await upload('spring-fair.csv', fair);
  return { leadId: told.lead.id, journeyId: told.id, campaignId, launchId, importId, draftId };
}

/** The journey with the longest timeline. */
async function mostToTell(
  journeys: Journey[],
  ask: <Answer>(path: string) => Promise<Answer>,
): Promise<Journey> {
  let best = { lines: -1, journey: journeys[0] };
  for (const journey of journeys.slice(0, 40)) {
    const { items } = await ask<{ items: unknown[] }>(`/journeys/${journey.id}/timeline`);
    if (items.length > best.lines) best = { lines: items.length, journey };
  }
  if (!best.journey) throw new Error('No journey has begun');
  return best.journey;
}
