/** Who may import whom (design: doors → concerns → store; one door a folder; no vendor outside its host). */

const TEST = '[.]test[.]ts$';
const PRODUCT = '^(shared|server|miniapp)/';
const SERVER_FOLDER = '^server/src/([^/]+)/';
const VENDOR_SERVER = '(^|/node_modules/|^node_modules/)(@alicloud/|dingtalk-stream(/|$))';
const VENDOR_MINIAPP = '(^|/node_modules/|^node_modules/)(dingtalk-jsapi|gdt-jsapi)(/|$)';

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

export default {
  forbidden: [
    rule(
      'shared-stands-alone',
      'shared/ imports no other package here',
      { path: '^shared/src/', pathNot: TEST },
      { path: '^(server|miniapp|scripts|tests)/' },
    ),
    rule(
      'shared-is-pure',
      'shared/ does no I/O and runs in a browser',
      { path: '^shared/src/', pathNot: TEST },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'miniapp-sees-shared-only',
      'the mini-app reaches the server over HTTP',
      { path: '^miniapp/src/' },
      { path: '^(server|scripts|tests)/' },
    ),
    rule(
      'messenger-imports-no-product',
      'the stand-in must not share a mistake with what it tests',
      { path: '^scripts/messenger/' },
      { path: PRODUCT },
    ),
    rule(
      'platform-imports-no-product',
      'the other side of the exchange is written from its documents alone',
      { path: '^scripts/platform/' },
      { path: PRODUCT },
    ),
    rule(
      'server-imports-no-tooling',
      'what is deployed does not lean on scripts or tests',
      { path: '^(server|shared|miniapp)/', pathNot: TEST },
      { path: '^(scripts|tests)/' },
    ),
    rule(
      'one-door-a-folder',
      'a server folder is entered through its index.ts; store/ and the host port are open',
      { path: SERVER_FOLDER, pathNot: TEST },
      {
        path: SERVER_FOLDER,
        pathNot: [
          '^server/src/$1/',
          '^server/src/[^/]+/index[.]ts$',
          '^server/src/store/',
          '^server/src/hosts/port[.]ts$',
        ],
      },
    ),
    rule(
      'concerns-know-no-door',
      'doors (http, exchange) call concerns, never the other way round',
      {
        path: '^server/src/(cases|catalogue|people|notices|deadlines|ledger|statistics|files|hosts|output|similar|store|suggest|text|tokens|webhooks)/',
        pathNot: TEST,
      },
      { path: '^server/src/(http|exchange)/' },
    ),
    rule(
      'store-knows-no-concern',
      'the store is the bottom',
      { path: '^server/src/store/', pathNot: TEST },
      { path: '^server/src/(?!store/)[^/]+/' },
    ),
    rule(
      'only-app-knows-the-parts',
      'app.ts and main.ts put the parts together; no part knows them',
      { path: SERVER_FOLDER, pathNot: [TEST, '[.]cli[.]ts$'] },
      { path: '^server/src/(app([.]hosts|[.]door)?|main)[.]ts$' },
    ),
    rule(
      'only-app-picks-a-vendor',
      'a host is chosen in app.ts; everything else speaks to the port',
      {
        path: '^server/src/',
        pathNot: ['^server/src/app([.]hosts)?[.]ts$', '^server/src/hosts/(dingtalk|zhezhengding)/', TEST],
      },
      { path: '^server/src/hosts/(dingtalk|zhezhengding)/' },
    ),
    rule(
      'vendor-packages-stay-in-hosts',
      'a vendor’s packages are named in its host folder only',
      { path: '^(server|shared)/', pathNot: ['^server/src/hosts/(dingtalk|zhezhengding)/', TEST] },
      { path: VENDOR_SERVER },
    ),
    rule(
      'jsapi-packages-stay-in-host',
      'the mini-app reaches its container through miniapp/src/host only',
      { path: '^miniapp/src/', pathNot: '^miniapp/src/host/' },
      { path: VENDOR_MINIAPP },
    ),
    rule(
      'no-cycles',
      'files that need each other at run time belong together or need a third',
      { path: '^(shared|server|miniapp|scripts)/' },
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
    ),
    rule(
      'resolvable',
      'an import must lead somewhere',
      { path: '^(shared|server|scripts|tests)/' },
      { couldNotResolve: true },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^[a-z]+/dist/', '^[.]data/'] },
    tsPreCompilationDeps: true,
    moduleSystems: ['es6'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.vue', '.d.ts', '.json'],
    },
  },
};
