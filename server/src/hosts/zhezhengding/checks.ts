/** What must be right on 浙政钉, in the order of docs/guide-zhezhengding.md, and what to do where it is not. */
import { bad, check, commonCause, firstOf, good, left, note, reaches } from '../common/checks.ts';
import type { Finding, Host, HostCheck, HostError } from '../port.ts';
import { createZhezhengdingHost } from './host.ts';
import type { ZhezhengdingOptions } from './options.ts';

const CONSOLE = '浙政钉（专有钉钉）开放平台 → 应用';
const ORGANIZATIONS = 100;

/** The platform's refusal in words. No list of its codes is public: what it says is told along. */
function explain(permission: string): (error: HostError) => Finding {
  return (error) => {
    const { code, message } = error;
    const said = `${code} ${message.slice(message.indexOf(code) + code.length).trim()}`.trim().slice(0, 120);
    if (/Timestamp/i.test(code)) {
      return bad(
        `平台不认本机的时间（${said}）`,
        '给服务器校时；差得固定的，也可以用 ZHEZHENGDING_CLOCK_SKEW 写明秒数',
      );
    }
    if (/Signature|Nonce/i.test(code)) {
      return bad(
        `验签没有通过（${said}）`,
        `${CONSOLE} → 应用凭证，核对 ZHEZHENGDING_APP_SECRET（SK）；确认无误仍这样，试 ZHEZHENGDING_SIGNING=encoded、ZHEZHENGDING_TIMESTAMP=utc 或 ZHEZHENGDING_CALLER_IP=none`,
      );
    }
    if (/api_?key|app_?key|access_?key/i.test(said)) {
      return bad(
        `平台不认这个 App Key（${said}）`,
        `${CONSOLE} → 应用凭证，核对 ZHEZHENGDING_APP_KEY（AK）；测试环境和正式环境的不通用`,
      );
    }
    if (/tenant/i.test(said)) {
      return bad(
        `租户不对（${said}）`,
        '核对 ZHEZHENGDING_TENANT_ID：正式环境的租户 ID 由上架部门给，和测试环境不同',
      );
    }
    if (code === 'scopes') {
      return bad('应用没有被授权看任何组织', `${CONSOLE} → 权限与授权 → 通讯录范围，请主管部门授权所需组织`);
    }
    if (error.kind === 'denied') {
      return bad(
        `没有权限${permission ? `「${permission}」` : ''}（${said}）`,
        `${CONSOLE} → 权限与授权，申请「${permission || '这个接口'}」；有服务器 IP 白名单的，加上出口地址`,
      );
    }
    return (
      commonCause(error) ??
      bad(`平台拒绝了（${said}）`, '把代码和这一行交给技术支持；知道含义的代码可以写进 ZHEZHENGDING_CODES')
    );
  };
}

/** The checks of one organisation. They change nothing, unless a trial message is asked for. */
export function createZhezhengdingChecks(given: ZhezhengdingOptions): HostCheck[] {
  const options = { ...given, backoff: { firstMs: 200, maxMs: 500 } };
  const host = createZhezhengdingHost(options);
  const seen = { organizations: [] as string[], userId: '', accountId: '' };
  const surroundings = { fetch: options.fetch, machineNow: () => options.clock.machineNow() };

  return [
    reaches('网络、证书、时钟', [options.apiBase], surroundings),
    check(
      '应用凭证与签名',
      async () => {
        await host.signJsapi('');
        return good('签名被认，换到了 access token 和页面鉴权用的 ticket');
      },
      explain('获取 access token'),
      true,
    ),
    check(
      '通讯录范围',
      async () => {
        seen.organizations = (await firstOf(host.listDepartments(), ORGANIZATIONS)).map((one) => one.id);
        return good(
          `看得到 ${seen.organizations.length}${seen.organizations.length === ORGANIZATIONS ? ' 个以上' : ' 个'}组织`,
        );
      },
      explain('通讯录：组织'),
    ),
    check(
      '读组织里的人',
      async () => {
        for (const id of seen.organizations) {
          const [person] = await firstOf(host.listPeople(id), 1);
          if (person) {
            seen.userId = person.userId;
            seen.accountId = person.unionId;
            return person.unionId === ''
              ? note('读得到人，但第一个人没有账号', '没有开通浙政钉账号的人收不到消息，也登录不了')
              : good('读得到人和他们的 accountId');
          }
        }
        return seen.organizations.length === 0
          ? left('还看不到组织')
          : note('看得到的组织里没有人', `${CONSOLE} → 权限与授权 → 通讯录范围`);
      },
      explain('通讯录：人员'),
    ),
    check(
      '读一个人的详情',
      async (sendTo) => {
        const userId = sendTo ?? seen.userId;
        if (userId === '') {
          return left('还读不到人');
        }
        return (await host.getPerson(userId)) === null
          ? bad(`通讯录里没有 ${userId}`, '--send 后面写员工编码（GE_ 开头），不是账号')
          : good('读得到；手机号要写在名单里，平台不给');
      },
      explain('通讯录：人员详情'),
    ),
    check(
      '待办',
      async () => {
        if (!options.dialect.todos) {
          return left('配置里关掉了（ZHEZHENGDING_TODOS=off）');
        }
        if (seen.accountId === '' || options.dialect.todoListPath === '') {
          return left('没有可以拿来查的账号，或没有配置 ZHEZHENGDING_TODO_LIST');
        }
        await host.findTodo('minqing-doctor', seen.accountId);
        return good('查得了待办');
      },
      explain('待办'),
    ),
    check(
      '扫码登录页',
      async () => {
        if (options.scan === null) {
          return left('没有配置，电脑浏览器里不能扫码登录');
        }
        const found = await reaches('', [options.scan.loginBase], surroundings).run(null);
        return found.state === 'good'
          ? good(
              `${new URL(options.scan.loginBase).host} 连得上；回调地址要在登录应用里登记成 ${options.appUrl}`,
            )
          : found;
      },
      explain(''),
    ),
    check(
      '通讯录变化的回调',
      async () =>
        options.eventsUrl === null
          ? left('没有开（ZHEZHENGDING_EVENTS=off），靠每晚同步')
          : note(`会登记到 ${options.eventsUrl}/…`, '平台从它的网络来：请确认这个地址在政务外网上能访问'),
      explain('事件订阅'),
    ),
    check('试发一条工作通知', (sendTo) => trial(host, sendTo), explain('工作通知')),
  ];
}

async function trial(host: Host, sendTo: string | null): Promise<Finding> {
  if (sendTo === null) {
    return left('加 --send <自己的员工编码 GE_…> 给自己发一条试试');
  }
  const id = `doctor-${Date.now()}`;
  const message = host.renderNotice({
    number: id,
    title: '民情一点通：试发',
    lines: [],
    body: '这是管理员检查配置时发给自己的，不用处理。',
    path: '/#/',
    buttons: [],
    status: null,
  });
  await host.sendNotice({ id, userIds: [sendTo], message });
  return good(`已发给 ${sendTo}，请在浙政钉里看一眼`);
}
