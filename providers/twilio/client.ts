import twilio from 'twilio';
import RequestClient from 'twilio/lib/base/RequestClient.js';
import { type Intent, faultOfResponse, faultOfTransport } from './errors.ts';

export type TwilioConfig = {
  accountSid: string;
  authToken: string;
  /** Where the API is served, if not at Twilio's own addresses: the simulator or an edge, e.g. `http://localhost:4010`. */
  baseUrl?: string;
  /** How long one request may take before its outcome counts as unknown, in milliseconds. */
  timeoutMs: number;
};

/**
 * The official client, sent to another base when one is configured, and with every fault turned into one of
 * `providers/faults.ts` while the headers (Retry-After) are still at hand. Its own retries stay off: Temporal retries,
 * and never after an unknown outcome.
 */
export function createTwilioClient(config: TwilioConfig): twilio.Twilio {
  return twilio(config.accountSid, config.authToken, {
    autoRetry: false,
    timeout: config.timeoutMs,
    httpClient: new FaultMappingHttpClient(config),
  });
}

/** The client takes a subclass of its own HTTP client and nothing less. */
class FaultMappingHttpClient extends RequestClient {
  private readonly baseUrl: string | undefined;

  constructor(config: TwilioConfig) {
    super({ timeout: config.timeoutMs, autoRetry: false });
    this.baseUrl = config.baseUrl;
  }

  override async request<TData>(options: RequestClient.RequestOptions<TData>) {
    const intent: Intent = options.method === 'get' ? 'read' : 'create';
    const uri = rebase(options.uri, this.baseUrl);
    const answer = await super.request({ ...options, uri }).catch((error: unknown) => {
      throw faultOfTransport(intent, error);
    });
    const fault = faultOfResponse(intent, answer);
    if (fault) throw fault;
    return answer;
  }
}

function rebase(uri: string, baseUrl: string | undefined): string {
  if (baseUrl === undefined) return uri;
  const { pathname, search } = new URL(uri);
  return `${baseUrl.replace(/\/+$/, '')}${pathname}${search}`;
}
