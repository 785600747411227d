/** The Express app: what every request passes, in order. */
import compression from 'compression';
import express, { type Express, type RequestHandler } from 'express';
import { attachRouting } from 'express-zod-api';
import type { Log } from '../log.ts';
import { jsonBodies } from './bodies.ts';
import type { HttpDeps } from './deps.ts';
import { mountDemo } from './demo.ts';
import { mountDocs } from './docs.ts';
import { buildDocument, type EndpointConfig, type OpenApiDocument } from './document.ts';
import { mountHealth } from './health.ts';
import { hooksRouter } from './hooks.ts';
import { findIdentity } from './identity.ts';
import { importsRouter } from './imports.ts';
import { speakChinese } from './messages.ts';
import { createMetrics } from './metrics.ts';
import { miniappRouter } from './miniapp.ts';
import { open311Router } from './open311.ts';
import { answer, nothingHere, problemHandler } from './problem.ts';
import { followRequests } from './requests.ts';
import { createRouting } from './routing.ts';
import { crossOrigin, securityHeaders } from './security.ts';

/** Builds the app; it listens to nothing yet. */
export function createHttpApp(deps: HttpDeps): Express {
  speakChinese();
  const { config, log } = deps;
  const secure = config.publicUrl.startsWith('https:');
  const metrics = createMetrics(deps.gauges ?? []);
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('trust proxy', config.trustProxy);

  app.use(followRequests(log, metrics), securityHeaders(secure));
  mountHealth(app, { ready: deps.ready, metrics, metricsToken: config.metricsToken });
  if (config.clockUrl !== null && deps.nextDeadline) {
    mountDemo(app, deps.nextDeadline);
  }
  app.use('/hooks', hooksRouter(deps.hooks ?? new Map()));
  if (deps.exchangeRouter) {
    app.use('/exchange/v1', deps.exchangeRouter);
  }
  app.use(compression({ threshold: 1_024 }));

  app.use('/open311', open311Router({ ...deps, publicUrl: config.publicUrl }));
  app.use('/api', crossOrigin(deps.origins), privately, findIdentity(deps, secure));
  if (deps.filesRouter) {
    app.use('/api/files', deps.filesRouter);
  }
  app.use('/api/admin/imports', importsRouter(deps.people));
  app.use('/api', ...jsonBodies());
  const routing = createRouting(deps);
  mountDocs(app, routing, endpointConfig(log), deps.version);
  attachRouting({ ...endpointConfig(log), app }, routing);
  app.use('/api', nothingHere);

  app.use(miniappRouter(deps));
  app.use(nothingHere, problemHandler);
  return app;
}

/** What the API would say of itself, without listening or calling anything: for documents and clients. */
export function describeApi(deps: HttpDeps, version: string): OpenApiDocument {
  const silent: Pick<Log, 'debug' | 'info' | 'warn' | 'error'> = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
  };
  return buildDocument(createRouting(deps), endpointConfig(silent), version);
}

/** Answers belong to one person and are asked for again each time; ETags keep that cheap. */
const privately: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'private, no-cache').vary('Cookie').vary('Authorization');
  next();
};

function endpointConfig(log: Pick<Log, 'debug' | 'info' | 'warn' | 'error'>): EndpointConfig {
  return {
    cors: false,
    startupLogo: false,
    accessLogger: null,
    errorHandler: answer,
    trySyncValidation: true,
    // Only its own words: what it passes beside them may hold a request's body.
    logger: {
      debug: (message: string) => log.debug(message),
      info: (message: string) => log.info(message),
      warn: (message: string) => log.warn(message),
      error: (message: string) => log.error(message),
    },
  };
}
