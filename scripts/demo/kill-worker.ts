import type { Ledger } from '#simulator/ledger.ts';
import type { createWorkerProcess } from './worker-process.ts';

const kills = 5;

/** Touches a lead between two kills: the five of them reach from the first texts into the calls. */
const touchesApartPerLead = 0.3;

/**
 * Kills the worker five times, each while the carrier is taking touches: the moment at which a request is on the wire
 * or accepted and not yet written down.
 */
export function scheduleKills(deps: {
  worker: ReturnType<typeof createWorkerProcess>;
  ledger: Ledger;
  leads: number;
  say: (line: string) => void;
}) {
  const { worker, ledger, leads, say } = deps;
  const touchesApart = Math.max(2, Math.round(leads * touchesApartPerLead));
  const touches = () => ledger.texts.length + ledger.calls.length;
  let stopped = false;
  const done = (async () => {
    let from = 0;
    for (let kill = 1; kill <= kills && !stopped; kill += 1) {
      while (!stopped && touches() < from + touchesApart)
        await new Promise((resolve) => setTimeout(resolve, 5));
      if (stopped) return;
      await worker.kill();
      await worker.start();
      from = touches();
      say(`worker killed (${kill} of ${kills}) after ${from} touches, and started again`);
    }
  })();
  return {
    async stop() {
      stopped = true;
      await done;
    },
  };
}
