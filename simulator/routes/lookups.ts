import { Hono } from 'hono';
import type { Carrier } from '../carrier.ts';
import { isPhoneNumber } from '../wire/phone.ts';

/** Twilio's Lookup resource, version 2, with Line Type Intelligence when it is asked for. */
export function lookupRoutes(carrier: Carrier) {
  return new Hono().get('/PhoneNumbers/:phone', (c) => {
    const phone = c.req.param('phone');
    const valid = isPhoneNumber(phone);
    const asked = (c.req.query('Fields') ?? '').split(',').includes('line_type_intelligence');
    return c.json({
      calling_country_code: phone.startsWith('+1') ? '1' : null,
      country_code: phone.startsWith('+1') ? 'US' : null,
      phone_number: phone,
      national_format: phone,
      valid,
      validation_errors: valid ? [] : ['INVALID_BUT_POSSIBLE'],
      line_type_intelligence:
        asked && valid ? { type: carrier.personaAt(phone).lineType, error_code: null } : null,
      url: `/v2/PhoneNumbers/${phone}`,
    });
  });
}
