/** Security headers, the mini-app's content security policy, and which other origins may call the API. */
import { createHash } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Origins } from '../origins/index.ts';

/** Of every answer. What frames and scripts a page may use is said by the page's own policy. */
export const securityHeaders =
  (secure: boolean): RequestHandler =>
  (_request, response, next) => {
    response.set({
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Permissions-Policy': 'geolocation=(self), camera=(self), microphone=(self)',
      'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      ...(secure ? { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' } : {}),
    });
    next();
  };

/** CSP source of an inline script or style. */
export function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** What a page may use beyond its own origin, as CSP sources. */
export interface Beyond {
  scripts?: readonly string[];
  /** Asked by fetch, or by an image that reports. */
  reached?: readonly string[];
}

/**
 * The policy of the mini-app's page: its own scripts and the inline ones it was built with, nothing from elsewhere but what
 * the configuration names. Frames are allowed for custom schemes only, by which the messengers' phone web views are called.
 */
export function pagePolicy(html: string, frameAncestors: string, beyond: Beyond = {}): string {
  const { scripts = [], reached = [] } = beyond;
  const inline = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map((match) =>
    hashSource(match[1] ?? ''),
  );
  return [
    "default-src 'self'",
    ['script-src', "'self'", ...new Set(inline), ...scripts].join(' '),
    "style-src 'self' 'unsafe-inline'",
    ["img-src 'self' data: blob:", ...reached].join(' '),
    "media-src 'self' blob:",
    "font-src 'self' data:",
    ["connect-src 'self'", ...reached].join(' '),
    "worker-src 'self' blob:",
    'frame-src dingtalk: taurus:',
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${frameAncestors}`,
  ].join('; ');
}

/**
 * Lets the origins of host organisations call with a bearer session; whose session it may be is asked where it is known. No
 * credentials: cookies stay on the same site.
 */
export function crossOrigin(origins: Pick<Origins, 'known'>): RequestHandler {
  return async (request, response, next) => {
    response.vary('Origin');
    const origin = request.get('origin');
    if (!origin || !(await origins.known(origin))) {
      next();
      return;
    }
    response.set({
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Expose-Headers': 'ETag, X-Request-Id, Retry-After, Upload-Offset',
    });
    if (request.method !== 'OPTIONS') {
      next();
      return;
    }
    response.set({
      'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
      'Access-Control-Allow-Headers':
        'Authorization, Content-Type, Idempotency-Key, If-None-Match, Upload-Offset, X-CSRF, X-Request-Id',
      'Access-Control-Max-Age': '600',
    });
    response.status(204).end();
  };
}
