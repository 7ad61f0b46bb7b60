import type { Step, StepKind } from '../definition.ts';
import { branchHandler } from './branch.ts';
import { callHandler } from './call.ts';
import { dispositionHandler, endHandler, setStageHandler } from './record.ts';
import { smsHandler } from './sms.ts';
import type { StepHandler } from './step-handler.ts';
import { waitForReplyHandler } from './wait-for-reply.ts';
import { waitHandler } from './wait.ts';

const handlers: { [K in StepKind]: StepHandler<Extract<Step, { kind: K }>> } = {
  sms: smsHandler,
  call: callHandler,
  wait: waitHandler,
  wait_for_reply: waitForReplyHandler,
  branch: branchHandler,
  set_stage: setStageHandler,
  disposition: dispositionHandler,
  end: endHandler,
};

/** The handler of that step's kind. */
export function handlerOf(step: Step): StepHandler<Step> {
  return handlers[step.kind] as unknown as StepHandler<Step>;
}
