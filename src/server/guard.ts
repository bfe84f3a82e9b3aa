/**
 * The door of the desk: who may ask at all. Every request's Host must be one that the desk answers to (against DNS rebinding);
 * every change must come from our own page (Origin and a header that no form can send). Sets the headers that keep pages harmless.
 */
import type { MiddlewareHandler } from 'hono';

export const CHANGE_HEADER = 'x-watchdesk';

/** Scripts, styles, fonts and shapes from ourselves only; map tiles are drawn in workers made from our own files. */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self' blob:",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** A stored original: no script, no network, an origin of its own; may be framed by the desk only. */
export const ORIGINAL_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]', '::1']);
export const isLoopback = (host: string) => LOOPBACK.has(host.toLowerCase()) || /^127\.\d+\.\d+\.\d+$/.test(host);

/** The name part of a Host header, without its port. */
export function nameOfHost(header: string): string {
  const match = /^(\[[0-9a-f:.]+\]|[^:]+)(?::\d+)?$/i.exec(header.trim());
  return (match?.[1] ?? '').toLowerCase();
}

const refuse = (message: string, status: 403 | 421) =>
  new Response(JSON.stringify({ error: message }), { status, headers: { 'content-type': 'application/json' } });

/**
 * @param bound the address that the server listens on. Bound to loopback, only loopback names are answered;
 *   bound to another address, its accounts are the guard and any name may be used.
 */
export function guardRequests(bound: string): MiddlewareHandler {
  const onlyLoopback = isLoopback(bound);
  return async (context, next) => {
    const host = context.req.header('host') ?? '';
    if (onlyLoopback && !isLoopback(nameOfHost(host))) {
      return refuse(`This desk answers to 127.0.0.1 and localhost only, not to ‘${host.slice(0, 80)}’.`, 421);
    }
    if (!['GET', 'HEAD', 'OPTIONS'].includes(context.req.method)) {
      const origin = context.req.header('origin');
      if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) {
        return refuse('Changes are taken from the desk’s own page only.', 403);
      }
      if (context.req.header(CHANGE_HEADER) === undefined) {
        return refuse(`Changes need the header ‘${CHANGE_HEADER}’; send it with any value.`, 403);
      }
    }
    await next();
    const { headers } = context.res;
    headers.set('x-content-type-options', 'nosniff');
    headers.set('referrer-policy', 'no-referrer');
    headers.set('cross-origin-opener-policy', 'same-origin');
    headers.set('cross-origin-resource-policy', 'same-origin');
    headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=()');
    if (!headers.has('content-security-policy')) headers.set('content-security-policy', PAGE_POLICY);
    if (!headers.has('x-frame-options') && headers.get('content-security-policy') === PAGE_POLICY) headers.set('x-frame-options', 'DENY');
    return undefined;
  };
}
