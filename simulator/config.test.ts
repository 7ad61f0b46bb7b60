import { ConfigError } from '#config/environment.ts';
import { describe, expect, it } from 'vitest';
import { loadSimulatorConfig } from './config.ts';

const needed = {
  SIMULATOR_INBOUND_WEBHOOK_URL: 'http://localhost:3000/webhooks/twilio/sms',
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'secret-token',
};

describe('settings', () => {
  it('have defaults for all but the account and the webhook', () => {
    expect(loadSimulatorConfig({ ...needed, SIMULATOR_SEED: '' })).toEqual({
      logLevel: 'info',
      host: '127.0.0.1',
      port: 4010,
      seed: '1',
      accountSid: needed.TWILIO_ACCOUNT_SID,
      authToken: 'secret-token',
      inboundWebhookUrl: needed.SIMULATOR_INBOUND_WEBHOOK_URL,
      faults: { names: [], rate: 0.05 },
      speed: 1,
      persona: undefined,
    });
  });

  it('name every variable that is wrong', () => {
    const wrong = {
      ...needed,
      TWILIO_ACCOUNT_SID: 'nonsense',
      SIMULATOR_PORT: '70000',
      SIMULATOR_FAULTS: 'lost',
      SIMULATOR_FAULT_RATE: '5',
      SIMULATOR_SPEED: '0',
      SIMULATOR_PERSONA: 'kind',
      SIMULATOR_INBOUND_WEBHOOK_URL: '',
    };
    const linesOf = () => {
      try {
        loadSimulatorConfig(wrong);
      } catch (error) {
        if (error instanceof ConfigError) return error.lines;
      }
      return [];
    };
    const lines = linesOf();
    expect(lines).toHaveLength(Object.keys(wrong).length - 1);
    for (const name of Object.keys(wrong).filter((key) => key !== 'TWILIO_AUTH_TOKEN')) {
      expect(lines.filter((line) => line.startsWith(name))).toHaveLength(1);
    }
    expect(lines.join()).toContain('lost_callback');
    expect(lines.join()).not.toContain('secret-token');
  });
});
