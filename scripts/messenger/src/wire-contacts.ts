import type { DirectoryDepartment, DirectoryPerson } from './config.ts';
import { ROOT_DEPARTMENT } from './directory.ts';
import { LegacyError } from './errors.ts';
import type { Messenger } from './messenger.ts';
import { number, text, type Raw } from './values.ts';
import type { Call, Operation } from './wire.ts';

const PAGE_LARGEST = 100;

function op(path: string, words: string, permission: string, handle: Operation['handle']): Operation {
  const api = `contacts.${path.replace(/^.*topapi\/(v2\/)?/, '').replace('/', '.')}`;
  return { api, words, method: 'post', path, generation: 'legacy', permission, handle };
}

const DEPARTMENTS = 'qyapi_get_department_list';
const MEMBERS = 'qyapi_get_department_member';
const MEMBER = 'qyapi_get_member';

/** Contacts, section 3: departments and people as the older API tells them. */
export const CONTACT_OPERATIONS: readonly Operation[] = [
  op('/topapi/v2/department/listsub', '读下级部门', DEPARTMENTS, (call) => ({
    result: visibleChildren(call).map((department) => ({
      dept_id: department.id,
      name: department.name,
      parent_id: department.parentId ?? ROOT_DEPARTMENT,
      create_dept_group: false,
      auto_add_user: false,
    })),
  })),
  op('/topapi/v2/department/listsubid', '读下级部门', DEPARTMENTS, (call) => ({
    result: {
      dept_id_list: call.messenger.directory.childrenOf(department(call).id).map((child) => child.id),
    },
  })),
  op('/topapi/v2/department/get', '读部门', DEPARTMENTS, (call) => ({
    result: departmentJson(call.messenger, department(call)),
  })),
  op('/topapi/v2/department/listparentbydept', '读上级部门', DEPARTMENTS, (call) => ({
    result: { parent_id_list: call.messenger.directory.lineOf(department(call).id) },
  })),
  op('/topapi/v2/department/listparentbyuser', '读上级部门', DEPARTMENTS, (call) => ({
    result: {
      parent_list: personByUserid(call).departmentIds.map((id) => ({
        parent_dept_id_list: call.messenger.directory.lineOf(id),
      })),
    },
  })),
  op('/topapi/v2/user/list', '读部门人员', MEMBERS, (call) => ({
    result: page(call, (person) => ({
      ...personJson(call.messenger, person),
      dept_order: 1,
      leader: isLeader(person),
    })),
  })),
  op('/topapi/user/listsimple', '读部门人员', MEMBERS, (call) => ({
    result: page(call, (person) => ({ userid: person.userid, name: person.name })),
  })),
  op('/topapi/user/listid', '读部门人员', MEMBERS, (call) => ({
    result: {
      userid_list: call.messenger.directory
        .on('dingtalk')
        .membersOf(department(call).id)
        .map((person) => person.userid),
    },
  })),
  op('/topapi/v2/user/get', '读人员', MEMBER, (call) => ({
    result: personJson(call.messenger, personByUserid(call)),
  })),
  op('/topapi/v2/user/getbymobile', '按手机号找人', 'qyapi_get_member_by_mobile', (call) => {
    const person = call.messenger.directory.on('dingtalk').byMobile(text(call.body.mobile));
    return { result: { userid: seen(call, person).userid } };
  }),
  op('/topapi/user/getbyunionid', '按 unionid 找人', MEMBER, (call) => {
    const person = call.messenger.directory.on('dingtalk').byUnionid(text(call.body.unionid));
    return { result: { contact_type: 0, userid: seen(call, person).userid } };
  }),
  {
    api: 'contacts.scopes',
    words: '查通讯录范围',
    method: 'get',
    path: '/auth/scopes',
    generation: 'legacy',
    handle: ({ messenger }) => ({
      auth_org_scopes: { authed_dept: messenger.config.contactScope, authed_user: [] },
    }),
  },
];

function department(call: Call): DirectoryDepartment {
  const id = call.body.dept_id === undefined ? ROOT_DEPARTMENT : number(call.body.dept_id);
  if (id === undefined) {
    throw new LegacyError(400002, '参数错误: dept_id');
  }
  const found = call.messenger.directory.department(id);
  if (found === undefined) {
    throw new LegacyError(60003, '部门不存在');
  }
  return found;
}

function inScope(messenger: Messenger, id: number): boolean {
  return messenger.directory.lineOf(id).some((above) => messenger.config.contactScope.includes(above));
}

function visibleChildren(call: Call): DirectoryDepartment[] {
  return call.messenger.directory
    .childrenOf(department(call).id)
    .filter((child) => inScope(call.messenger, child.id));
}

/** The person, unless unknown (60121) or outside what the app may see (50002). */
function seen(call: Call, person: DirectoryPerson | undefined): DirectoryPerson {
  if (person === undefined) {
    throw new LegacyError(60121, '找不到该用户');
  }
  if (!call.messenger.directory.isWithin(person, call.messenger.config.contactScope)) {
    throw new LegacyError(50002, '请求的员工userid不在授权范围内');
  }
  call.told.personIds = [person.id];
  return person;
}

function personByUserid(call: Call): DirectoryPerson {
  const userid = text(call.body.userid);
  if (userid === '') {
    throw new LegacyError(400002, '参数错误: userid');
  }
  if (userid.length > 64) {
    throw new LegacyError(33012, '无效的userid');
  }
  return seen(call, call.messenger.directory.on('dingtalk').byUserid(userid));
}

/** A page of a department's direct members; `next_cursor` is absent on the last one. */
function page(call: Call, show: (person: DirectoryPerson) => Raw): Raw {
  const { id } = department(call);
  const cursor = number(call.body.cursor) ?? 0;
  const size = number(call.body.size) ?? 10;
  if (!Number.isInteger(cursor) || cursor < 0) {
    throw new LegacyError(40068, '不合法的偏移量');
  }
  if (!Number.isInteger(size) || size < 1 || size > PAGE_LARGEST) {
    throw new LegacyError(40069, '不合法的分页大小');
  }
  if (!inScope(call.messenger, id)) {
    throw new LegacyError(60011, '没有调用该部门的权限');
  }
  const members = call.messenger.directory.on('dingtalk').membersOf(id);
  const more = cursor + size < members.length;
  return {
    has_more: more,
    ...(more ? { next_cursor: cursor + size } : {}),
    list: members.slice(cursor, cursor + size).map(show),
  };
}

function isLeader(person: DirectoryPerson): boolean {
  return person.roles.includes('head') || person.roles.includes('leader');
}

function personJson(messenger: Messenger, person: DirectoryPerson): Raw {
  return {
    userid: person.userid,
    unionid: person.unionid,
    name: person.name,
    mobile: person.mobile,
    state_code: '86',
    ...(person.title === '' ? {} : { title: person.title }),
    dept_id_list: person.departmentIds,
    dept_order_list: person.departmentIds.map((dept_id) => ({ dept_id, order: 1 })),
    leader_in_dept: person.departmentIds.map((dept_id) => ({ dept_id, leader: isLeader(person) })),
    role_list: person.roles.map((name, index) => ({
      id: index + 1,
      name,
      group_name: messenger.config.corpId,
    })),
    active: true,
    admin: person.roles.includes('admin'),
    boss: false,
    senior: false,
    real_authed: true,
    exclusive_account: false,
    hide_mobile: false,
  };
}

function departmentJson(messenger: Messenger, one: DirectoryDepartment): Raw {
  return {
    dept_id: one.id,
    name: one.name,
    ...(one.parentId === null ? {} : { parent_id: one.parentId }),
    order: one.id,
    dept_manager_userid_list: messenger.directory
      .on('dingtalk')
      .membersOf(one.id)
      .filter(isLeader)
      .map((person) => person.userid),
    create_dept_group: false,
    auto_add_user: false,
    group_contain_sub_dept: false,
    member_count: messenger.directory.on('dingtalk').membersOf(one.id).length,
    owning_member_count: messenger.directory.on('dingtalk').membersOf(one.id).length,
    dept_permits: [],
    user_permits: [],
    hide_dept: false,
    outer_dept: false,
  };
}
