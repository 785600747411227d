/**
 * What an access token may reach: the one place that says so. A path that no line names is closed to tokens, so a new
 * endpoint is until somebody decides otherwise; what changes settings, people or other tokens stays with people.
 */
import type { TokenScope } from '@minqing/shared/words';
import { TOKEN_SCOPES } from '@minqing/shared/words';
import { AppError } from '../errors.ts';
import type { TokenUse } from '../people/index.ts';

interface Rule {
  methods: readonly string[];
  /** Of the path behind `/api`, as it came: no decoding, no ignoring of case. */
  path: RegExp;
  /** One of them is enough; none means that every token may. */
  scopes: readonly TokenScope[];
}

const READ = ['GET', 'HEAD'];
const rule = (methods: readonly string[], path: RegExp, ...scopes: TokenScope[]): Rule => ({
  methods,
  path,
  scopes,
});

/** The first line that fits decides. */
const RULES: readonly Rule[] = [
  rule(READ, /^\/me$/),
  rule(READ, /^\/(reference|categories|units|members|phrases|queues|similar)$/, 'cases:read', 'cases:file'),
  rule(READ, /^\/cases(\/.*)?$/, 'cases:read'),
  rule(READ, /^\/files\/.+$/, 'cases:read', 'cases:file'),
  rule(['POST', 'PATCH'], /^\/files(\/[^/]+)?$/, 'cases:file', 'cases:write'),
  rule(['GET', 'HEAD', 'PUT', 'DELETE'], /^\/drafts(\/[^/]+)?$/, 'cases:file'),
  rule(['POST'], /^\/cases\/[^/]+\/actions\/submit$/, 'cases:file'),
  rule(['POST'], /^\/cases\/[^/]+\/actions\/[^/]+$/, 'cases:write'),
  rule(READ, /^\/(late|statistics)(\/.*)?$/, 'statistics:read'),
  rule(READ, /^\/(admin|audit|deliveries)(\/.*)?$/, 'admin:read'),
];

/** What a token needs for this request: one of the scopes; null when no token may. */
export function scopesFor(method: string, path: string): readonly TokenScope[] | null {
  return RULES.find((each) => each.methods.includes(method) && each.path.test(path))?.scopes ?? null;
}

/** Throws `scopeMissing` unless the token has the scope; for doors outside `/api`. */
export function requireScopeNamed(token: TokenUse | null, scope: TokenScope): void {
  if (!token?.scopes.has(scope)) {
    throw new AppError('scopeMissing', {
      title: `这个访问令牌没有「${TOKEN_SCOPES[scope].label}」权限，请换一个`,
      reason: scope,
    });
  }
}

/** Throws `scopeMissing` unless the token may. */
export function requireScope(token: TokenUse, method: string, path: string): void {
  const wanted = scopesFor(method, path);
  if (wanted === null) {
    throw new AppError('scopeMissing', {
      title: '这件事不能用访问令牌办，请登录后自己操作',
      reason: 'notForTokens',
    });
  }
  if (wanted.length > 0 && !wanted.some((scope) => token.scopes.has(scope))) {
    const labels = wanted.map((scope) => `「${TOKEN_SCOPES[scope].label}」`).join('或');
    throw new AppError('scopeMissing', {
      title: `这个访问令牌没有${labels}权限，请换一个`,
      reason: wanted.join(' '),
    });
  }
}
