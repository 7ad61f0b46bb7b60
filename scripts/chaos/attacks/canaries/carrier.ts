import { Hono } from 'hono';
import type { Simulator } from '#simulator/simulator.ts';

/** How the carrier treats requests for one phone. It quotes whatever it was given, as real ones do. */
export type Treatment = 'refused' | 'broken' | 'limited' | 'silent';

/** The simulated carrier, talkative about what it does not take. */
export function quoting(simulator: Simulator, treatments: ReadonlyMap<string, Treatment>): Simulator {
  const app = new Hono();
  app.all('*', async (c) => {
    const { method, headers, url } = c.req.raw;
    const body = method === 'GET' ? undefined : await c.req.text();
    const form = new URLSearchParams(body);
    const treatment = method === 'POST' ? treatments.get(form.get('To') ?? '') : undefined;
    const quoted = `The 'To' number ${form.get('To')} cannot be told "${form.get('Body') ?? form.get('Url')}"`;
    switch (treatment) {
      case 'refused':
        return c.json({ code: 21211, message: quoted, status: 400 }, 400);
      case 'broken':
        return c.html(`<html>${quoted}</html>`, 500);
      case 'limited':
        return c.json({ code: 20429, message: quoted, status: 429 }, 429, { 'retry-after': '30' });
      case 'silent':
        await new Promise((resolve) => setTimeout(resolve, 3_000));
        return c.text(quoted, 504);
      case undefined:
        return simulator.app.fetch(new Request(url, { method, headers, body }), c.env as never);
    }
  });
  return { ...simulator, app: app as unknown as Simulator['app'] };
}
