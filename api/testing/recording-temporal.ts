import { ServiceError, WorkflowNotFoundError } from '@temporalio/client';
import type { Client, WorkflowStartOptions } from '@temporalio/client';

export type Started = { type: string; workflowId: string; args: unknown[]; options: WorkflowStartOptions };
export type Signalled = { workflowId: string; name: string; args: unknown[] };

/**
 * A Temporal that notes what it is asked and does nothing, for tests in which no workflow has to run. `ended` are
 * workflows that are over; while `down` is set nothing can be reached. `runs` are carried out in the background instead of noted.
 */
export function createRecordingTemporal() {
  const started: Started[] = [];
  const signals: Signalled[] = [];
  const ended = new Set<string>();
  const state = { down: false };
  const running = new Set<string>();
  const runs = new Map<string, (input: never) => Promise<unknown>>();

  const reach = (workflowId?: string) => {
    if (state.down) throw new ServiceError('down', { cause: unavailable() });
    if (workflowId !== undefined && ended.has(workflowId)) {
      throw new WorkflowNotFoundError('over', workflowId, undefined);
    }
  };
  const client = {
    runs,
    withDeadline: (_deadline: number, work: () => Promise<unknown>) => work(),
    workflowService: {
      getSystemInfo: async () => reach(),
    },
    workflow: {
      async start(type: string, options: WorkflowStartOptions & { args: unknown[] }) {
        reach();
        const run = runs.get(type);
        if (!run) started.push({ type, workflowId: options.workflowId, args: options.args, options });
        if (!run || running.has(options.workflowId)) return;
        running.add(options.workflowId);
        void run(options.args[0] as never).finally(() => running.delete(options.workflowId));
      },
      async signalWithStart(
        type: string,
        options: WorkflowStartOptions & { args: unknown[]; signal: { name: string } },
      ) {
        await client.workflow.start(type, options);
        signals.push({ workflowId: options.workflowId, name: options.signal.name, args: [] });
      },
      getHandle: (workflowId: string) => ({
        async signal({ name }: { name: string }, ...args: unknown[]) {
          reach(workflowId);
          signals.push({ workflowId, name, args });
        },
        async executeUpdate() {
          reach(workflowId);
          throw new Error('Updates need a real workflow: write a temporal test');
        },
      }),
    },
  };
  return { client: client as unknown as Client, started, signals, ended, state };
}

function unavailable(): Error {
  return Object.assign(new Error('14 UNAVAILABLE'), { code: 14, details: 'down', metadata: {} });
}
