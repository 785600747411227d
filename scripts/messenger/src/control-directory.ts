import type { Request, Router } from 'express';
import type { DirectoryPerson } from './config.ts';
import { personIn } from './control-person.ts';
import type { DirectoryChange, PersonPatch } from './directory.ts';
import { ApiError } from './errors.ts';
import { announceChange, type Messenger } from './messenger.ts';
import { number, record, strings, text, type Raw } from './values.ts';

/** Changes of the directory; each one sends the contact event the platform would send. */
export function mountDirectoryControl(router: Router, messenger: Messenger): void {
  const apply = (change: DirectoryChange | undefined): DirectoryChange => {
    if (change === undefined) {
      throw new ApiError(409, 'notChanged', '通讯录里已经有，或者没有这一项');
    }
    announceChange(messenger, change);
    return change;
  };
  router.get('/departments', (_request, response) => {
    response.json({ items: messenger.directory.departments() });
  });
  router.post('/people', (request, response) => {
    const person = readPerson(record(request.body));
    apply(messenger.directory.addPerson(person));
    response.status(201).json(person);
  });
  router.patch('/people/:id', (request, response) => {
    const person = personIn(messenger, request);
    apply(messenger.directory.patchPerson(person.id, readPatch(request)));
    response.json(person);
  });
  router.post('/people/:id/leave', (request, response) => {
    apply(messenger.directory.removePerson(personIn(messenger, request).id));
    response.json({});
  });
  router.put('/departments/:id', (request, response) => {
    const id = number(request.params.id);
    const body = record(request.body);
    const parentId = number(body.parentId);
    if (
      id === undefined ||
      parentId === undefined ||
      messenger.directory.department(parentId) === undefined ||
      text(body.name) === ''
    ) {
      throw new ApiError(400, 'badDepartment', '部门要有数字 id、name 和已存在的 parentId');
    }
    apply(messenger.directory.putDepartment({ id, parentId, name: text(body.name) }));
    response.json(messenger.directory.department(id));
  });
  router.delete('/departments/:id', (request, response) => {
    apply(messenger.directory.removeDepartment(Number(request.params.id)));
    response.json({});
  });
}

function numbers(value: unknown): number[] {
  return Array.isArray(value) ? value.filter((one): one is number => typeof one === 'number') : [];
}

function readPatch(request: Request): PersonPatch {
  const body = record(request.body);
  const patch: PersonPatch = {};
  for (const key of ['name', 'mobile', 'title', 'unit', 'area'] as const) {
    if (typeof body[key] === 'string') {
      patch[key] = body[key];
    }
  }
  if (Array.isArray(body.departmentIds)) {
    patch.departmentIds = numbers(body.departmentIds);
  }
  if (Array.isArray(body.roles)) {
    patch.roles = strings(body.roles);
  }
  return patch;
}

function readPerson(body: Raw): DirectoryPerson {
  const person: DirectoryPerson = {
    id: text(body.id),
    userid: text(body.userid),
    unionid: text(body.unionid),
    name: text(body.name),
    mobile: text(body.mobile),
    title: text(body.title),
    departmentIds: numbers(body.departmentIds),
    roles: strings(body.roles),
    unit: text(body.unit),
    area: text(body.area),
    host: body.host === 'zhezhengding' ? 'zhezhengding' : 'dingtalk',
  };
  if (
    [person.id, person.userid, person.unionid, person.name].includes('') ||
    person.departmentIds.length === 0
  ) {
    throw new ApiError(400, 'badPerson', '新人要有 id、userid、unionid、name 和 departmentIds');
  }
  return person;
}
