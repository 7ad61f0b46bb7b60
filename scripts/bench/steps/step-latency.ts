import { randomUUID } from 'node:crypto';
import { startDevServer } from '../dev-servers.ts';
import type { DevServer, DevServerKind } from '../dev-servers.ts';
import { againstPeer, median, round } from '../figure.ts';
import type { BenchHome } from '../home.ts';
import type { Suite } from '../suite.ts';
import { startWorker } from '../workers.ts';

export type StepActivities = { takeStep: () => Promise<void> };

const taskQueue = 'bench-steps';
const rounds = 5;
/** A stock server's poll limit lets a burst through before it holds: only what follows is sustained. */
const warmUpSteps = 40;
const measuredSteps: Record<DevServerKind, number> = { stock: 40, tuned: 120 };

/** How long one step of a running journey takes on our flags and on stock flags, in turn. */
export const stepSuite: Suite = {
  names: ['sustainedStepLatency'],
  async run(home, _wanted, say) {
    const runners = [await startRunner(home, 'stock'), await startRunner(home, 'tuned')] as const;
    const seen: Record<DevServerKind, number[]> = { stock: [], tuned: [] };
    for (let index = 0; index < rounds; index += 1) {
      for (const { kind, run } of runners) {
        const stepMs = median(await run());
        seen[kind].push(stepMs);
        say(`${kind}: ${round(stepMs)} ms a step`);
      }
    }
    const paired = seen.stock.map((stockMs, index) => round(stockMs / seen.tuned[index]!));
    const sustainedStepLatency = againstPeer(
      {
        value: median(seen.tuned),
        unit: 'ms/step',
        peer: 'the same worker and workflow on a server with stock flags',
        peerValue: median(seen.stock),
        better: 'less',
        note:
          `median time from one step (an activity that does nothing) to the next in one workflow, after ${warmUpSteps} ` +
          `steps; rounds: ${paired.map((ratio) => `${ratio}x`).join(', ')}`,
      },
      7,
    );
    return { sustainedStepLatency };
  },
};

type Runner = {
  kind: DevServerKind;
  /** Runs one workflow and returns the times from step to step, in milliseconds, without the warm-up. */
  run: () => Promise<number[]>;
};

async function startRunner(home: BenchHome, kind: DevServerKind): Promise<Runner> {
  const server: DevServer = await startDevServer(home, kind);
  let takenAt: number[] = [];
  const activities: StepActivities = { takeStep: async () => void takenAt.push(performance.now()) };
  const { address, namespace } = server;
  await startWorker(home, { address, namespace, taskQueue, activities });
  return {
    kind,
    async run() {
      takenAt = [];
      await server.client.workflow.execute('shortSteps', {
        workflowId: `steps-${randomUUID()}`,
        taskQueue,
        args: [warmUpSteps + measuredSteps[kind]],
      });
      return takenAt.slice(warmUpSteps).map((at, index) => at - takenAt[warmUpSteps + index - 1]!);
    },
  };
}
