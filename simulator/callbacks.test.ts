import { type AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { systemClock } from '#domain/clock.ts';
import { afterEach, expect, it } from 'vitest';
import { createCallbackSender } from './callbacks.ts';
import { createLedger } from './ledger.ts';
import { silentLogger } from './logger.ts';

const ends: (() => void)[] = [];
afterEach(() => ends.splice(0).forEach((end) => end()));

/** A product whose first `drops` connections break. */
async function flakyProduct(drops: number): Promise<string> {
  let seen = 0;
  const server = createServer((request, response) => {
    seen += 1;
    if (seen <= drops) request.socket.destroy();
    else response.end('taken');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function createSender(closing = new AbortController()) {
  const ledger = createLedger();
  const deps = { authToken: 't', clock: systemClock, ledger, logger: silentLogger, closing: closing.signal };
  return { ledger, sender: createCallbackSender(deps) };
}

const callback = (url: string) => ({
  kind: 'sms' as const,
  sid: 'SM1',
  status: 'received',
  url,
  params: { Body: 'Hi' },
});

it('a webhook that the network broke is delivered again', async () => {
  const { ledger, sender } = createSender();
  expect(await sender.send(callback(await flakyProduct(1)))).toEqual({ httpStatus: 200, body: 'taken' });
  expect(ledger.callbacks).toMatchObject([{ tries: 2, result: 'delivered', httpStatus: 200 }]);
});

it('a webhook under way ends when the simulator does, and is recorded as unreachable', async () => {
  const closing = new AbortController();
  const { ledger, sender } = createSender(closing);
  const sending = sender.send(callback(await flakyProduct(10)));
  setTimeout(() => closing.abort(), 100);
  expect(await sending).toBeNull();
  expect(ledger.callbacks).toMatchObject([{ result: 'unreachable', httpStatus: null }]);
});
