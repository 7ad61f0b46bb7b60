import { createRoute, z } from '@hono/zod-openapi';
import { organizationOfNumber, readOrganization } from '#db/queries/identity.ts';
import { readVoiceScript } from '#db/queries/voice-script.ts';
import { systemScope } from '#db/tenant.ts';
import { readCallStatus } from '../inbox/carrier-forms.ts';
import { createRouter } from '../router.ts';
import { answerCall, answerCaller, twiml } from '../voice/twiml.ts';
import { problems } from './describe.ts';
import { carrier, carrierRoute, touchOf, unknown } from './twilio-webhooks.ts';

const voice = createRoute({
  ...carrierRoute(
    '/voice',
    'voice',
    'What to say on a call',
    "Asked when somebody answers a call of ours, with `organizationId` and `touchId` in the signed URL: the call step's words to a person, its voicemail to a machine. Without them it is somebody who calls one of our numbers.",
  ),
  responses: {
    200: { description: 'TwiML.', content: { 'text/xml': { schema: z.string() } } },
    ...problems({ 403: ['BAD_SIGNATURE'], 404: ['UNKNOWN_NUMBER', 'UNKNOWN_TOUCH'] }),
  },
});

export function twilioVoiceRoutes() {
  return createRouter().openapi(voice, async (c) => {
    const { deps, form } = carrier(c);
    const { database, metrics } = deps;
    const touch = touchOf(c);
    if (touch === null) {
      const organizationId = await organizationOfNumber(database, form.To ?? '');
      if (organizationId === null) throw unknown(c, 'voice', 'UNKNOWN_NUMBER');
      const { name } = await readOrganization(database, systemScope(organizationId));
      metrics.webhooks.inc({ kind: 'voice', result: 'answered' });
      return twiml(c, answerCaller(name));
    }
    const { sid, answeredBy } = readCallStatus(form);
    const script = await readVoiceScript(database, touch.organizationId, { touchId: touch.touchId, sid });
    if (script === null) throw unknown(c, 'voice', 'UNKNOWN_TOUCH');
    metrics.webhooks.inc({ kind: 'voice', result: 'answered' });
    return twiml(c, answerCall(script, answeredBy));
  });
}
