import type { Request } from 'express';
import type { DirectoryPerson } from './config.ts';
import { ApiError } from './errors.ts';
import type { Messenger } from './messenger.ts';
import { text } from './values.ts';

/** A code for the app, as the JSAPI of this person's messenger mints it. */
export function mintCode(messenger: Messenger, person: DirectoryPerson): string {
  const { clientId, zhezhengding } = messenger.config;
  return messenger.tokens.mintCode(person.id, person.host === 'dingtalk' ? clientId : zhezhengding.appKey);
}

/** The person an address names; refused with 404. */
export function personIn(messenger: Messenger, request: Request): DirectoryPerson {
  const id = text(request.params.id);
  const person = messenger.directory.person(id);
  if (person === undefined) {
    throw new ApiError(404, 'noSuchPerson', `名单里没有 ${id}`);
  }
  return person;
}
