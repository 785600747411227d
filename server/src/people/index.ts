/** People: areas, units, grants, sign-on, sessions, the roster and the contacts of the hosts. */
export { administering, type Administering } from './administering.ts';
export { AREA_BOOK, PERSON_BOOK, UNIT_BOOK } from './admin/tables.ts';
export { CONTACT_RUN_BOOK, CONTACTS_BOOK, LINK_BOOK, SUBSTITUTION_BOOK } from './tables.ts';
export type { TokenUse } from './identify.ts';
export { administeringAll } from './widest.ts';
export { createPhoneVault, type PhoneVault } from './crypto.ts';
export { createContacts, SuspiciousSync, type Contacts, type SyncResult } from './contacts.ts';
export { isHandedOn, principalsOf, standInsOf } from './stand-ins.ts';
export { createDirectory, type Area, type Directory, type Receiver, type Unit } from './directory.ts';
export * from './grants.ts';
export {
  dropHoldingChange,
  keepProgress,
  nextHoldingChange,
  noteHoldingChange,
  type HoldingChange,
} from './holding-changes.ts';
export type { Identified, Identity } from './identify.ts';
export type { Links, LinkTold } from './links/index.ts';
export { findMembers } from './members.ts';
export { importRoster, type RosterFiles, type RosterResult } from './roster.ts';
export { createPeople, type People } from './people.ts';
export { dropExpiredSessions, sawAccount, type NewSession, type SessionKind } from './sessions.ts';
export type { SignOnRequest } from './signon.ts';
