import { createHash } from 'node:crypto';
import type { DirectoryDepartment, DirectoryPerson } from '../config.ts';
import { ROOT_DEPARTMENT } from '../directory.ts';
import type { Messenger } from '../messenger.ts';
import { number, type Raw } from '../values.ts';
import { BusinessRefusal } from './envelope.ts';
import { personByAccount, type GovCall, type GovOperation } from './wire.ts';

const PAGE_LARGEST = 100;
const PAGE = 20;
const CODES_A_CALL = 100;

/** The organisation's code of a department: the platform's codes are no numbers. */
export function organizationCode(departmentId: number): string {
  return `GO_${createHash('md5').update(`minqing organisation ${departmentId}`).digest('hex')}`;
}

function op(path: string, words: string, handle: GovOperation['handle']): GovOperation {
  return { api: `zzd.contacts.${path.split('/').at(-1)}`, words, path, tenant: true, handle };
}

const ORGANIZATION = '/mozi/organization';
const EMPLOYEE = '/mozi/employee';

/** Contacts (`mozi`): what the app may see, organisations, employees, and both kinds of their ids. */
export const CONTACT_OPERATIONS: readonly GovOperation[] = [
  op('/auth/scopesV2', '查通讯录范围', ({ messenger }) => ({
    deptVisibleScopes: messenger.config.contactScope.map(organizationCode),
    userVisibleScopes: [],
  })),
  op(`${ORGANIZATION}/getRootOrganization`, '读根组织', ({ messenger }) => ({
    data: organizationJson(messenger, known(messenger, organizationCode(ROOT_DEPARTMENT))),
  })),
  op(`${ORGANIZATION}/getOrganizationByCode`, '读组织', (call) => ({
    data: organizationJson(call.messenger, seen(call, call.get('organizationCode'))),
  })),
  op(`${ORGANIZATION}/listOrganizationsByCodes`, '读组织', (call) => ({
    data: limited(call, 'organizationCodes').map((code) =>
      organizationJson(call.messenger, seen(call, code)),
    ),
  })),
  op(`${ORGANIZATION}/pageSubOrganizationCodes`, '读下级组织', (call) => {
    const { id } = seen(call, call.get('organizationCode'));
    const all = call.get('status') === 'F' ? [] : call.messenger.directory.childrenOf(id);
    return page(
      call,
      all.map((child) => organizationCode(child.id)),
    );
  }),
  op(`${ORGANIZATION}/pageOrganizationEmployeeCodes`, '读组织人员', (call) =>
    page(
      call,
      employeesOf(call).map((person) => person.userid),
    ),
  ),
  op(`${ORGANIZATION}/pageOrganizationEmployeePositions`, '读组织人员', (call) =>
    page(
      call,
      employeesOf(call).map((person) => ({
        ...employeeJson(person),
        govEmployeePositions: positions(person),
      })),
    ),
  ),
  op(`${EMPLOYEE}/getEmployeeByCode`, '读人员', (call) => ({
    data: employeeJson(employee(call, call.get('employeeCode'))),
  })),
  op(`${EMPLOYEE}/listEmployeesByCodes`, '读人员', (call) => ({
    data: limited(call, 'employeeCodes').map((code) => employeeJson(employee(call, code))),
  })),
  op(`${EMPLOYEE}/listEmployeePositionsByEmployeeCode`, '读任职', (call) => ({
    data: positions(employee(call, call.get('employeeCode'))),
  })),
  op(`${EMPLOYEE}/listEmployeeAccountIds`, '换人员账号', (call) => ({
    data: limited(call, 'employeeCodes').flatMap((code) => {
      const person = call.messenger.directory.on('zhezhengding').byUserid(code);
      return person === undefined ? [] : [accountJson(person)];
    }),
  })),
  op(`${EMPLOYEE}/listGovEmployeeCodesByAccountIds`, '换人员编码', (call) => ({
    data: limited(call, 'accountIds').flatMap((id) => {
      const person = personByAccount(call.messenger, id);
      return person === undefined ? [] : [accountJson(person)];
    }),
  })),
  op(`${EMPLOYEE}/get_by_mobile`, '按手机号找人', (call) => {
    const person = call.messenger.directory.on('zhezhengding').byMobile(call.get('mobile'));
    return {
      data:
        person === undefined
          ? null
          : { accountId: Number(person.unionid), employeeCode: person.userid, status: 0 },
    };
  }),
];

/** A list parameter, repeated once per value; at most a hundred. */
function limited(call: GovCall, name: string): string[] {
  const values = call.all(name);
  if (values.length === 0 || values.length > CODES_A_CALL) {
    throw new BusinessRefusal('INVALID_PARAMETER', `${name} 应有 1 到 ${CODES_A_CALL} 个`);
  }
  return values;
}

/** A page of a list: from 1, at most 100 rows, the total only when asked for. */
function page(call: GovCall, rows: readonly unknown[]): Raw {
  const size = number(call.get('pageSize')) ?? PAGE;
  const at = number(call.get('pageNo')) ?? 1;
  if (!Number.isInteger(size) || size < 1 || size > PAGE_LARGEST || !Number.isInteger(at) || at < 1) {
    throw new BusinessRefusal('INVALID_PARAMETER', `pageNo 从 1 起，pageSize 最大 ${PAGE_LARGEST}`);
  }
  return {
    data: rows.slice((at - 1) * size, at * size),
    pageSize: size,
    currentPage: at,
    ...(call.get('returnTotalSize') === 'true' ? { totalSize: rows.length } : {}),
  };
}

function known(messenger: Messenger, code: string): DirectoryDepartment {
  const found = messenger.directory.departments().find((one) => organizationCode(one.id) === code);
  if (found === undefined) {
    throw new BusinessRefusal('ORGANIZATION_NOT_EXIST', `组织 ${code} 不存在`);
  }
  return found;
}

/** The organisation, unless unknown or outside what the app may see. */
function seen(call: GovCall, code: string): DirectoryDepartment {
  const found = known(call.messenger, code);
  const { contactScope } = call.messenger.config;
  if (!call.messenger.directory.lineOf(found.id).some((above) => contactScope.includes(above))) {
    throw new BusinessRefusal('NO_PERMISSION', `没有组织 ${code} 的权限`);
  }
  return found;
}

function employeesOf(call: GovCall): DirectoryPerson[] {
  const { id } = seen(call, call.get('organizationCode'));
  return call.get('employeeStatus') === 'F' ? [] : call.messenger.directory.on('zhezhengding').membersOf(id);
}

function employee(call: GovCall, code: string): DirectoryPerson {
  const person = call.messenger.directory.on('zhezhengding').byUserid(code);
  if (person === undefined) {
    throw new BusinessRefusal('EMPLOYEE_NOT_EXIST', `人员 ${code} 不存在`);
  }
  if (!call.messenger.directory.isWithin(person, call.messenger.config.contactScope)) {
    throw new BusinessRefusal('NO_PERMISSION', `没有人员 ${code} 的权限`);
  }
  call.told.personIds = [person.id];
  return person;
}

const CREATED = '2023-10-12 11:10:11';

function employeeJson(person: DirectoryPerson): Raw {
  return {
    employeeName: person.name,
    employeeCode: person.userid,
    empGender: '9',
    empJobLevelCode: 'ZHI_JI_QI_TA',
    empBudgetedPostCode: 'BIAN_ZHI_QI_TA',
    gmtCreate: CREATED,
    status: 'A',
  };
}

function positions(person: DirectoryPerson): Raw[] {
  return person.departmentIds.map((id, index) => ({
    employeeCode: person.userid,
    organizationCode: organizationCode(id),
    mainJob: index === 0,
    orderInOrganization: index + 1,
    jobAttributesCode: '1',
    gmtCreate: CREATED,
    status: 'A',
    ...(person.title === '' ? {} : { govEmpPosJob: person.title }),
  }));
}

function accountJson(person: DirectoryPerson): Raw {
  return {
    accountId: Number(person.unionid),
    accountCode: person.id,
    accountNamespace: 'local',
    employeeCode: person.userid,
  };
}

function organizationJson(messenger: Messenger, one: DirectoryDepartment): Raw {
  const parent = one.parentId === null ? undefined : messenger.directory.department(one.parentId);
  return {
    organizationCode: organizationCode(one.id),
    organizationName: one.name,
    shortName: '',
    otherName: '',
    displayOrder: one.id,
    typeCode: 'GOV_UNIT',
    typeName: '单位',
    gmtCreate: CREATED,
    leaf: messenger.directory.childrenOf(one.id).length === 0,
    status: 'A',
    ...(parent === undefined ? {} : { parentCode: organizationCode(parent.id), parentName: parent.name }),
  };
}
