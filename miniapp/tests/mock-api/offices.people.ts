import { impactView, personDetail, personPage, unitDetail, unitPage } from '@minqing/shared/contract';
import { ROLES, type Role } from '@minqing/shared/words';
import { refuse, type MockAnswer, type MockRequest } from './answers.ts';
import { bodyOf, empty, fine } from './offices.util.ts';
import { CITY, detailOf, grantOf, nextId, person, unitOf, type Offices } from './offices.world.ts';

export function units(
  offices: Offices,
  request: MockRequest,
  id: string,
  verb: string,
  query: URLSearchParams,
): MockAnswer | null {
  const one = offices.units.find((unit) => unit.id === id);
  if (request.method === 'GET' && id === '') {
    const state = query.get('state') ?? 'active';
    const found = offices.units
      .filter((unit) => unit.active === (state !== 'stopped'))
      .filter((unit) => state !== 'lacking' || unit.warnings.length > 0)
      .filter(
        (unit) =>
          unit.name.includes(query.get('q') ?? '') &&
          (!query.get('areaId') || unit.area.id === query.get('areaId')),
      );
    const lacking = offices.units.filter((unit) => unit.active && unit.warnings.length > 0).length;
    return fine(unitPage, { items: found, after: null, total: found.length, lacking });
  }
  if (request.method === 'POST' && id === '') {
    const body = bodyOf(request) as { name: string; shortName: string };
    if (offices.units.some((unit) => unit.name === body.name)) {
      return refuse(400, 'invalidInput', '有内容需要修改，请看标出的地方', {
        errors: [{ path: 'name', message: '已经有同名的单位' }],
      });
    }
    const ref = { id: nextId(), name: body.name, shortName: body.shortName };
    offices.units.push({
      ...unitOf(ref, 'department', '部门', ['handler', 'head']),
      movable: true,
      warnings: ['没有经办人，交办了没人办'],
    });
    return { status: 200, body: { id: ref.id } };
  }
  if (!one) {
    return refuse(404, 'notFound', '没有这个单位，或不归您管');
  }
  if (request.method === 'GET') {
    return verb === 'impact' ? fine(impactView, offices.impact) : fine(unitDetail, one);
  }
  if (request.method === 'PATCH') {
    Object.assign(one, bodyOf(request), { areaId: undefined });
    return empty;
  }
  if (verb === 'stop' && bodyOf(request).seen !== offices.impact.stranded) {
    return refuse(
      409,
      'conflict',
      `情况有变化：现在会有 ${offices.impact.stranded} 件民情没人办，请再看一遍再决定`,
    );
  }
  one.active = verb === 'resume';
  return empty;
}

export function people(
  offices: Offices,
  request: MockRequest,
  id: string,
  verb: string,
  query: URLSearchParams,
): MockAnswer | null {
  const one = offices.people.find((each) => each.id === id);
  if (request.method === 'GET' && id === '') {
    const q = query.get('q') ?? '';
    const items = offices.people.filter(
      (each) =>
        each.name.startsWith(q) &&
        (query.get('state') !== 'without' || each.roles.length === 0) &&
        query.get('state') !== 'left',
    );
    return fine(personPage, { items, after: null });
  }
  if (request.method === 'POST' && id === '') {
    const { name, title } = bodyOf(request) as { name: string; title: string };
    const added = detailOf(person(nextId(), name, title), [], null);
    offices.people.push(added);
    return { status: 200, body: { id: added.id } };
  }
  if (!one) {
    return refuse(404, 'notFound', '没有这个人，请刷新');
  }
  if (request.method === 'GET') {
    return verb === 'impact' ? fine(impactView, offices.impact) : fine(personDetail, one);
  }
  if (verb === 'end') {
    one.grants = one.grants.map((grant) => ({ ...grant, state: 'over' as const, mayEnd: false }));
    one.roles = [];
    return empty;
  }
  Object.assign(one, { name: bodyOf(request).name, title: bodyOf(request).title });
  return empty;
}

export function grants(offices: Offices, request: MockRequest, id: string, verb: string): MockAnswer | null {
  if (verb === 'impact') {
    return fine(impactView, offices.impact);
  }
  if (verb === 'end') {
    const { seen } = bodyOf(request);
    if (seen !== offices.impact.stranded) {
      return refuse(
        409,
        'conflict',
        `情况有变化：现在会有 ${offices.impact.stranded} 件民情没人办，请再看一遍再决定`,
      );
    }
    for (const one of offices.people) {
      one.grants = one.grants.map((grant) =>
        grant.id === id ? { ...grant, state: 'over', mayEnd: false } : grant,
      );
      one.roles = one.grants.filter((grant) => grant.state !== 'over').map((grant) => grant.roleLabel);
    }
    offices.units.forEach((unit) => (unit.staff = unit.staff.filter((staff) => staff.grantId !== id)));
    return empty;
  }
  const body = bodyOf(request) as { personId: string; role: Role; unitId: string | null };
  const who = offices.people.find((one) => one.id === body.personId);
  const unit = offices.units.find((one) => one.id === body.unitId);
  if (!who) {
    return refuse(404, 'notFound', '没有这个人，请刷新');
  }
  if (
    who.grants.some(
      (grant) => grant.role === body.role && grant.unit?.id === body.unitId && grant.state !== 'over',
    )
  ) {
    return refuse(
      409,
      'conflict',
      `已经是${unit?.name ?? ''}的${ROLES[body.role]}（2022年1月1日 起），不用再给`,
    );
  }
  const given = grantOf(body.role, unit ? { id: unit.id, name: unit.name, shortName: unit.shortName } : null);
  who.grants = [given, ...who.grants];
  who.roles = [`${given.roleLabel} · ${unit?.name ?? CITY.name}`, ...who.roles];
  unit?.staff.push({
    grantId: given.id,
    person: { id: who.id, name: who.name, title: who.title },
    role: body.role,
    roleLabel: given.roleLabel,
    periodText: given.periodText,
    awayText: '',
    reachable: true,
  });
  if (unit && body.role === 'handler') {
    unit.warnings = [];
    unit.staffText = '1 位经办人';
  }
  return { status: 200, body: { id: given.id } };
}
