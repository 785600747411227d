/** The HTTP door: endpoints, sessions, errors, OpenAPI, the static mini-app. */
export { createHttpApp, describeApi } from './app.ts';
export type { OpenApiDocument } from './document.ts';
export { viewerOf } from './context.ts';
export type { Hook, HookAnswer, HookRequest, HttpDeps } from './deps.ts';
export type { Gauge } from './metrics.ts';
export { PortTaken, startServer, type RunningServer } from './server.ts';
