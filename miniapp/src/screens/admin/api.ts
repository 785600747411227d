/** The calls of 管理 for areas, units, people, roles, contacts and imports. All throw ApiError. */
import type {
  AreaTree,
  HeadApproval,
  HostDepartmentView,
  HostOriginsList,
  ImpactView,
  ImportReport,
  PersonDetail,
  PersonPage,
  SubstitutionPage,
  SyncDetail,
  SyncOverview,
  UnitDetail,
  UnitPage,
} from '@minqing/shared/contract';
import type { Role, Tier, UnitType } from '@minqing/shared/words';
import { call } from '../../api/client.ts';
import { download } from '../../api/download.ts';

export interface UnitQuery {
  areaId?: string | undefined;
  q?: string;
  type?: UnitType;
  state?: 'active' | 'stopped' | 'lacking';
  after?: string;
}

export interface PersonQuery {
  q?: string;
  unitId?: string;
  role?: Role | undefined;
  state?: 'all' | 'without' | 'left';
  after?: string;
}

export interface NewGrant {
  personId: string;
  role: Role;
  unitId: string | null;
  areaId: string | null;
  fromDate: string;
  toDate: string | null;
  sector: string;
  specialCommittee: string;
  term: string;
}

const post = async (path: string, body: object, key: string): Promise<void> => {
  await call(path, { method: 'POST', body, key });
};
const made = async (path: string, body: object, key: string): Promise<string> =>
  (await call<{ id: string }>(path, { method: 'POST', body, key })).data.id;
const patch = async (path: string, body: object, key: string): Promise<void> => {
  await call(path, { method: 'PATCH', body, key });
};
const sheet = async (
  path: string,
  file: Blob,
  key: string,
  query: Record<string, string> = {},
): Promise<ImportReport> =>
  (
    await call<ImportReport>(path, {
      method: 'POST',
      bytes: file,
      key,
      query,
      headers: { 'Content-Type': 'application/octet-stream' },
    })
  ).data;

export const adminApi = {
  areas: async (): Promise<AreaTree> => (await call<AreaTree>('/admin/areas')).data,
  addArea: (
    area: { code: string; name: string; tier: Tier; parentId: string; prefix: string },
    key: string,
  ): Promise<string> => made('/admin/areas', area, key),
  changeArea: (areaId: string, words: { name: string; prefix: string }, key: string): Promise<void> =>
    patch(`/admin/areas/${areaId}`, words, key),
  removeArea: async (areaId: string, key: string): Promise<void> => {
    await call(`/admin/areas/${areaId}`, { method: 'DELETE', key });
  },

  units: async (query: UnitQuery): Promise<UnitPage> =>
    (await call<UnitPage>('/admin/units', { query: { ...query } })).data,
  unit: async (unitId: string): Promise<UnitDetail> =>
    (await call<UnitDetail>(`/admin/units/${unitId}`)).data,
  addUnit: (
    unit: { name: string; shortName: string; type: UnitType; areaId: string },
    key: string,
  ): Promise<string> => made('/admin/units', unit, key),
  changeUnit: (
    unitId: string,
    unit: { name: string; shortName: string; type: UnitType; areaId: string; headApproval: HeadApproval },
    key: string,
  ): Promise<void> => patch(`/admin/units/${unitId}`, unit, key),
  impactOfStopping: async (unitId: string): Promise<ImpactView> =>
    (await call<ImpactView>(`/admin/units/${unitId}/impact`)).data,
  stopUnit: (unitId: string, seen: number, key: string): Promise<void> =>
    post(`/admin/units/${unitId}/stop`, { seen }, key),
  resumeUnit: (unitId: string, key: string): Promise<void> => post(`/admin/units/${unitId}/resume`, {}, key),
  departments: async (q: string): Promise<HostDepartmentView[]> =>
    (await call<{ items: HostDepartmentView[] }>('/admin/departments', { query: { q } })).data.items,
  linkDepartment: async (
    link: { hostId: string; departmentId: string; unitId: string | null },
    key: string,
  ): Promise<void> => {
    await call('/admin/departments', { method: 'PUT', body: link, key });
  },

  people: async (query: PersonQuery): Promise<PersonPage> =>
    (await call<PersonPage>('/admin/people', { query: { ...query } })).data,
  person: async (personId: string): Promise<PersonDetail> =>
    (await call<PersonDetail>(`/admin/people/${personId}`)).data,
  addPerson: (
    person: { name: string; title: string; phone: string; userId: string },
    key: string,
  ): Promise<string> => made('/admin/people', person, key),
  changePerson: (
    personId: string,
    words: { name: string; title: string; phone: string },
    key: string,
  ): Promise<void> => patch(`/admin/people/${personId}`, words, key),
  changeMembership: (
    membershipId: string,
    words: { sector: string; specialCommittee: string; term: string },
    key: string,
  ): Promise<void> => patch(`/admin/memberships/${membershipId}`, words, key),
  giveGrant: (grant: NewGrant, key: string): Promise<string> => made('/admin/grants', grant, key),
  impactOfGrant: async (grantId: string, toDate: string | null): Promise<ImpactView> =>
    (await call<ImpactView>(`/admin/grants/${grantId}/impact`, { query: { toDate: toDate ?? undefined } }))
      .data,
  endGrant: (grantId: string, end: { toDate: string | null; seen: number }, key: string): Promise<void> =>
    post(`/admin/grants/${grantId}/end`, end, key),
  impactOfLeaving: async (personId: string): Promise<ImpactView> =>
    (await call<ImpactView>(`/admin/people/${personId}/impact`)).data,
  endAllGrants: (personId: string, seen: number, key: string): Promise<void> =>
    post(`/admin/people/${personId}/end`, { seen }, key),

  substitutions: async (state: 'open' | 'over', after?: string): Promise<SubstitutionPage> =>
    (await call<SubstitutionPage>('/admin/substitutions', { query: { state, after } })).data,

  origins: async (): Promise<HostOriginsList> => (await call<HostOriginsList>('/admin/origins')).data,
  changeOrigins: async (
    hostId: string,
    body: { origins: readonly string[]; version: number },
    key: string,
  ): Promise<HostOriginsList> =>
    (await call<HostOriginsList>(`/admin/origins/${hostId}`, { method: 'PUT', body, key })).data,

  contacts: async (): Promise<SyncOverview> => (await call<SyncOverview>('/admin/contacts')).data,
  contactRun: async (runId: string): Promise<SyncDetail> =>
    (await call<SyncDetail>(`/admin/contacts/runs/${runId}`)).data,
  readContacts: (hostId: string, key: string): Promise<string> =>
    made('/admin/contacts/runs', { hostId }, key),
  applyContacts: (runId: string, key: string): Promise<void> =>
    post(`/admin/contacts/runs/${runId}/apply`, {}, key),

  checkImport: (file: Blob, key: string): Promise<ImportReport> => sheet('/admin/imports/check', file, key),
  applyImport: (file: Blob, plan: string, key: string): Promise<ImportReport> =>
    sheet('/admin/imports/apply', file, key, { plan }),
  /** Saved by the browser; throws when it could not be fetched. */
  saveTemplate: (file: string, name: string): Promise<void> => download(`/admin/imports/${file}`, {}, name),
};
