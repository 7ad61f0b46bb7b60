import { secureHeaders } from 'hono/secure-headers';

/**
 * Headers for the browser. Nothing is loaded from anywhere else, nobody may frame us, and no other origin may read our
 * answers: there is no CORS header at all. Inline styles are allowed because components measure and place themselves.
 */
export function securityHeaders({ https }: { https: boolean }) {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    xFrameOptions: 'DENY',
    referrerPolicy: 'same-origin',
    // Over plain HTTP the header means nothing, and a local installation must stay reachable without TLS.
    strictTransportSecurity: https ? 'max-age=15552000; includeSubDomains' : false,
  });
}
