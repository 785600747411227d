/** The OpenAPI document without a running server: no database is opened, since building it calls no handler. */
import { loadConfig } from '../../server/src/config.ts';
import { describeApi, type HttpDeps, type OpenApiDocument } from '../../server/src/http/index.ts';

let built: OpenApiDocument | undefined;

/** A part that nobody asks anything of while the document is built; deeper parts of it are alike. */
function unasked(): never {
  const part: object = new Proxy(() => undefined, { get: () => part });
  return part as never;
}

export function apiDocument(): OpenApiDocument {
  const config = loadConfig({ NODE_ENV: 'test' });
  const deps = new Proxy({ config } as HttpDeps, {
    get: (known, name) => (name === 'config' ? known.config : unasked()),
  });
  return (built ??= describeApi(deps, '1'));
}
