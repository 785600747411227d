/** What must be right on DingTalk, in the order of docs/guide-dingtalk.md, and what to do where it is not. */
import { z } from 'zod';
import { bad, check, commonCause, firstOf, good, left, note, reaches } from '../common/checks.ts';
import type { Finding, HostCheck, HostError } from '../port.ts';
import { createApiClient, modern } from './client.ts';
import { createContacts } from './contacts.ts';
import { createDingTalkHost } from './host.ts';
import type { DingTalkOptions } from './options.ts';

const CONSOLE = '钉钉开发者后台 → 应用';
const DEPARTMENTS = 200; // enough to see that the walk goes on
const SETTLE_MS = 2_500; // until the platform says what became of a notice
const GATEWAY = '/v1.0/gateway/connections/open';

/** A refusal in words. `permission` is what the call needs, where it needs one. */
function explain(permission: string): (error: HostError) => Finding {
  return (error) => {
    const { code } = error;
    if (
      /invalidClientIdOrSecret|^40089$|^40001$|authFailed|invalid\.client|unauthorized\.client/.test(code)
    ) {
      return bad(
        'Client ID 与 Client Secret 不配对',
        `${CONSOLE} → 凭证与基础信息，核对 DINGTALK_CLIENT_ID、DINGTALK_CLIENT_SECRET；重置过 Secret 的要重新填`,
      );
    }
    if (/IpNotInWhiteList|^60020$/.test(code)) {
      return bad(
        '服务器的出口 IP 不在白名单里',
        `${CONSOLE} → 安全设置 → 服务器出口 IP，加上这台服务器的出口地址`,
      );
    }
    if (/^40056$|^52019$/.test(code) || /agent_?id/i.test(error.message)) {
      return bad('AgentId 不是这个应用的', `${CONSOLE} → 凭证与基础信息，核对 DINGTALK_AGENT_ID`);
    }
    if (code === '50002') {
      return bad(
        '要读的人或部门不在通讯录权限范围里',
        `${CONSOLE} → 权限管理 → 权限范围，加上全部委员和工作人员所在的部门`,
      );
    }
    if (error.kind === 'denied' && permission !== '') {
      return bad(
        `没有权限 ${permission}`,
        `${CONSOLE} → 权限管理，搜「${permission}」并申请，批准后发布新版本`,
      );
    }
    return (
      commonCause(error) ??
      bad(`平台拒绝了（${code}）`, '把代码和这一行交给技术支持，或在平台文档的「全局错误码」里查')
    );
  };
}

/** The checks of one organisation. They change nothing, unless a trial message is asked for. */
export function createDingTalkChecks(given: DingTalkOptions): HostCheck[] {
  const options = { ...given, backoff: { firstMs: 200, maxMs: 500 } };
  const client = createApiClient(options);
  const host = createDingTalkHost(options);
  const contacts = createContacts(client, options.backoff);
  const seen: { departments: string[]; unionId: string; userId: string } = {
    departments: [],
    unionId: '',
    userId: '',
  };
  const stream = options.callbackMode !== 'http';

  return [
    reaches('网络、证书、时钟', [options.apiBase, options.oapiBase], {
      fetch: options.fetch,
      machineNow: () => options.clock.machineNow(),
    }),
    check(
      '应用凭证',
      async () => {
        await client.call(modern('POST', '/v1.0/oauth2/jsapiTickets'), z.unknown());
        return good('换到了 access token 和页面鉴权用的 ticket');
      },
      explain('qyapi_base'),
      true,
    ),
    check(
      'CorpId',
      async () => {
        const path = `/v1.0/oauth2/${encodeURIComponent(options.corpId)}/token`;
        const body = {
          client_id: options.clientId,
          client_secret: options.clientSecret,
          grant_type: 'client_credentials',
        };
        const api = 'POST /v1.0/oauth2/{corpId}/token';
        await client.bare({
          api,
          generation: 'modern',
          method: 'POST',
          path,
          body,
          secrets: [options.clientSecret],
        });
        return good(`组织 ${options.corpId} 与应用相符`);
      },
      (error) =>
        commonCause(error) ??
        bad(
          'CorpId 不是这个应用所在的组织',
          '开发者后台首页右上角的组织信息里有 CorpId，填到 DINGTALK_CORP_ID',
        ),
    ),
    check(
      '读部门',
      async () => {
        seen.departments = (await firstOf(contacts.listDepartments(), DEPARTMENTS)).map((one) => one.id);
        return seen.departments.length > 0
          ? good(
              `读到 ${seen.departments.length}${seen.departments.length === DEPARTMENTS ? ' 个以上' : ' 个'}部门`,
            )
          : bad('一个部门也看不到', `${CONSOLE} → 权限管理 → 权限范围，选全部员工或所需部门`);
      },
      explain('qyapi_get_department_list'),
    ),
    check(
      '读部门里的人',
      async () => {
        for (const id of seen.departments) {
          const [person] = await firstOf(contacts.listPeople(id), 1);
          if (person) {
            seen.userId = person.userId;
            return good('读得到部门成员');
          }
        }
        return seen.departments.length === 0
          ? left('还读不到部门')
          : note('看得到的部门里没有人', `${CONSOLE} → 权限管理 → 权限范围`);
      },
      explain('qyapi_get_department_member'),
    ),
    check(
      '读一个人的详情',
      async (sendTo) => {
        const userId = sendTo ?? seen.userId;
        if (userId === '') {
          return left('还读不到部门成员');
        }
        const person = await contacts.getPerson(userId);
        if (!person) {
          return bad(`通讯录里没有 ${userId}`, '核对 --send 后面的 userid：管理后台 → 通讯录 → 成员详情');
        }
        seen.unionId = person.unionId;
        return person.mobile === null
          ? note(
              '读得到 unionid，读不到手机号',
              `可选：${CONSOLE} → 权限管理 → 个人手机号信息。没有它，名单里写手机号也行`,
            )
          : good('读得到 unionid 和手机号');
      },
      explain('qyapi_get_member'),
    ),
    check(
      'AgentId',
      async () => {
        try {
          await host.checkNotice('1');
        } catch (error) {
          // The task is made up: only what is said of the app itself counts.
          const { kind, message } = error as HostError;
          if (kind === 'denied' || kind === 'unavailable' || /agent/i.test(message)) {
            throw error;
          }
        }
        return good(`AgentId ${options.agentId} 能查工作通知`);
      },
      explain('qyapi_base'),
    ),
    check(
      '待办',
      async () => {
        if (seen.unionId === '') {
          return left('还读不到 unionid');
        }
        await host.findTodo('minqing-doctor', seen.unionId);
        return good('按业务编号查得了待办');
      },
      explain('Todo.Todo.Read'),
    ),
    check(
      '卡片模板',
      async () => {
        const missing = ['duty', 'rate', 'counts'].filter((name) => !options.cardTemplateIds[name]);
        return missing.length === 0
          ? good('三个模板的 ID 都填了（模板是否发布，用 --send 试投一张才知道）')
          : note(
              `没有填模板 ${missing.join('、')}`,
              '照 docs/card-templates.md 在卡片平台搭好并发布，ID 填进 DINGTALK_CARD_TEMPLATES；没填的收到的是工作通知',
            );
      },
      explain('Card.Instance.Write'),
    ),
    check(
      stream ? 'Stream 网关' : '卡片回调地址',
      () => (stream ? openStream(client, options) : tryCallback(options)),
      explain(''),
    ),
    check('试发一条工作通知', (sendTo) => trial(host, sendTo), explain('qyapi_base')),
  ];
}

/** Asks the gateway for a connection and leaves it unused: taking it would take presses from the running server. */
async function openStream(
  client: ReturnType<typeof createApiClient>,
  options: DingTalkOptions,
): Promise<Finding> {
  const answer = await client.bare({
    api: `POST ${GATEWAY}`,
    generation: 'modern',
    method: 'POST',
    path: GATEWAY,
    body: {
      clientId: options.clientId,
      clientSecret: options.clientSecret,
      ua: 'minqing-doctor',
      subscriptions: [{ type: 'EVENT', topic: '*' }],
    },
    secrets: [options.clientSecret],
  });
  const endpoint = typeof answer.endpoint === 'string' ? answer.endpoint : '';
  if (!URL.canParse(endpoint)) {
    return bad('网关没有给出连接地址', `${CONSOLE} → 事件与回调，推送方式选 Stream 模式`);
  }
  const found = await reaches('', [endpoint.replace(/^ws/, 'http')], {
    fetch: options.fetch,
    machineNow: () => options.clock.machineNow(),
  }).run(null);
  return found.state === 'good' ? good(`网关 ${new URL(endpoint).host} 连得上`) : found;
}

async function tryCallback(options: DingTalkOptions): Promise<Finding> {
  const url = options.callback?.url ?? '';
  const found = await reaches('', [url], {
    fetch: options.fetch,
    machineNow: () => options.clock.machineNow(),
  }).run(null);
  return found.state === 'good'
    ? note(`${url} 从这台机器连得上`, '平台从公网来：请确认这个地址在公网上也能访问，端口 443，证书是正式的')
    : found;
}

async function trial(host: ReturnType<typeof createDingTalkHost>, sendTo: string | null): Promise<Finding> {
  if (sendTo === null) {
    return left('加 --send <自己的 userid> 给自己发一条试试');
  }
  const message = host.renderNotice({
    number: `doctor-${Date.now()}`,
    title: '民情一点通：试发',
    lines: [],
    body: '这是管理员检查配置时发给自己的，不用处理。',
    path: '/#/',
    buttons: [],
    status: null,
  });
  const { taskId } = await host.sendNotice({ id: `doctor-${Date.now()}`, userIds: [sendTo], message });
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const { refused } = await host.checkNotice(taskId);
  const [refusal] = refused;
  return refusal
    ? bad(
        `平台收下了但没有送达（${refusal.code}）`,
        '这个人可能不在应用的可见范围里：管理后台 → 工作台 → 应用 → 可见范围',
      )
    : good(`已发给 ${sendTo}，请在钉钉里看一眼`);
}
