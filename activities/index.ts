import { applyDisposition } from './apply-disposition.ts';
import { askCarrier } from './ask-carrier.ts';
import { checkLead } from './check-lead.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { importLeads } from './import-leads.ts';
import { loadCallback } from './load-callback.ts';
import { loadJourney } from './load-journey.ts';
import { placeCall } from './place-call.ts';
import { placeCallback } from './place-callback.ts';
import { recordRest } from './record-rest.ts';
import { sendNotice } from './send-notice.ts';
import { sendText } from './send-text.ts';
import { setStage } from './set-stage.ts';
import { settleCallback } from './settle-callback.ts';
import { startJourneys } from './start-journeys.ts';
import { tellJourneys } from './tell-journeys.ts';

/** Everything that workflows have done for them, in one place; each is idempotent. */
export function createActivities(deps: ActivityDependencies) {
  return {
    loadJourney: loadJourney(deps),
    recordRest: recordRest(deps),
    checkLead: checkLead(deps),
    sendText: sendText(deps),
    sendNotice: sendNotice(deps),
    placeCall: placeCall(deps),
    askCarrier: askCarrier(deps),
    applyDisposition: applyDisposition(deps),
    setStage: setStage(deps),
    startJourneys: startJourneys(deps),
    tellJourneys: tellJourneys(deps),
    importLeads: importLeads(deps),
    loadCallback: loadCallback(deps),
    placeCallback: placeCallback(deps),
    settleCallback: settleCallback(deps),
  };
}

export type Activities = ReturnType<typeof createActivities>;
