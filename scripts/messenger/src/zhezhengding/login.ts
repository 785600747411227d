import type { Request, Response, Router } from 'express';
import { isLocalName } from '../config.ts';
import type { Messenger } from '../messenger.ts';
import { text } from '../values.ts';

const PATH = '/oauth2/auth.htm';

const escape = (words: string): string => words.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/**
 * The login page for browsers outside the messenger. There nobody has a camera: whose phone scans is chosen from a list,
 * and the browser goes back to the app with `code` and `state`, as it does after a real scan.
 */
export function mountLoginPage(router: Router, messenger: Messenger): void {
  router.get(PATH, (request, response) => {
    const problem = problemOf(messenger, request);
    response
      .status(problem === '' ? 200 : 400)
      .type('html')
      .set('Cache-Control', 'no-store');
    response.send(page(problem === '' ? choices(messenger, request) : `<p>${escape(problem)}</p>`));
  });
  router.get(`${PATH}/scanned`, (request: Request, response: Response) => {
    const person = messenger.directory.person(text(request.query.person));
    const problem = problemOf(messenger, request);
    if (problem !== '' || person?.host !== 'zhezhengding') {
      response
        .status(400)
        .type('html')
        .send(page(`<p>${escape(problem || '没有这个人')}</p>`));
      return;
    }
    const back = new URL(text(request.query.redirect_uri));
    const { appKey } = messenger.zhezhengding.settings.scan;
    back.searchParams.set('code', messenger.tokens.mintCode(person.id, appKey));
    if (text(request.query.state) !== '') {
      back.searchParams.set('state', text(request.query.state));
    }
    response.redirect(302, back.href);
  });
}

function problemOf(messenger: Messenger, { query }: Request): string {
  const target = text(query.redirect_uri);
  if (text(query.client_id) !== messenger.zhezhengding.settings.scan.clientId) {
    return 'client_id 不是登记过的应用';
  }
  if (text(query.response_type) !== 'code' || text(query.authType) !== 'QRCODE') {
    return '只支持 response_type=code、authType=QRCODE';
  }
  return URL.canParse(target) && isLocalName(new URL(target).host) ? '' : '回调地址没有登记';
}

function choices(messenger: Messenger, request: Request): string {
  const people = messenger.directory.on('zhezhengding').people();
  const rows = people.map((person) => {
    const query = new URLSearchParams(request.originalUrl.split('?')[1]);
    query.set('person', person.id);
    const link = escape(`${PATH}/scanned?${query.toString()}`);
    return `<li><a href="${link}">${escape(person.name)}<small>${escape(person.unit)}</small></a></li>`;
  });
  return `<p>真的登录页这里是二维码，用浙政钉扫一扫。本机没有摄像头，请选谁来扫：</p><ul>${rows.join('')}</ul>`;
}

const STYLE =
  'body{font:16px/1.6 system-ui,"Noto Sans CJK SC",sans-serif;max-width:28rem;margin:3rem auto;padding:0 1rem;color:#16202e}' +
  'ul{list-style:none;padding:0}a{display:flex;justify-content:space-between;min-height:44px;align-items:center;color:#1f5fe0;text-decoration:none;border-bottom:1px solid #dde3ec}' +
  'small{color:#55627a}';

function page(body: string): string {
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>浙政钉扫码登录</title><style>${STYLE}</style><h1>浙政钉扫码登录</h1>${body}</html>`;
}
