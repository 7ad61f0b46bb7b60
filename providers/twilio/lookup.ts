import type { LineType, LookupProvider } from '../lookup.ts';
import { type TwilioConfig, createTwilioClient } from './client.ts';
import { isNotFound, readFault } from './errors.ts';

/** Source: Twilio, "Lookup v2, Line Type Intelligence", `type`. What is not listed can be texted or not: `other`. */
const lineTypeOf: Record<string, LineType> = {
  mobile: 'mobile',
  landline: 'landline',
  fixedVoip: 'voip',
  nonFixedVoip: 'voip',
  tollFree: 'toll_free',
};

/** Number look-ups through Twilio's Lookup API, version 2; each one that asks for the line type is charged. */
export function createTwilioLookup(config: TwilioConfig): LookupProvider {
  const client = createTwilioClient(config);
  return {
    async lookupNumber(e164) {
      try {
        const record = await client.lookups.v2.phoneNumbers(e164).fetch({ fields: 'line_type_intelligence' });
        const type: string | null | undefined = record.lineTypeIntelligence?.type;
        const known = type && type !== 'unknown' ? (lineTypeOf[type] ?? 'other') : null;
        return { valid: record.valid, lineType: record.valid ? known : null };
      } catch (error) {
        if (isNotFound(error)) return { valid: false, lineType: null };
        throw readFault(error);
      }
    },
  };
}
