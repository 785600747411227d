/** What the other parts may ask of people/, put together once by app.ts. */
import type { MemberRef, MeView } from '@minqing/shared/contract';
import type { Actor } from '@minqing/shared/workflow';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Host } from '../hosts/index.ts';
import type { Log } from '../log.ts';
import type { Store, Tx } from '../store/index.ts';
import { createPeopleAdmin, type PeopleAdmin } from './admin/index.ts';
import { createImports, type Imports } from './admin/imports.ts';
import { createContacts, type Contacts } from './contacts.ts';
import { createContactRuns, type ContactRuns } from './contacts.runs.ts';
import { createPhoneVault } from './crypto.ts';
import type { Directory } from './directory.ts';
import { actorOf, type Acting } from './grants.ts';
import { createIdentify, type Identified, type Identity } from './identify.ts';
import { presentMe, saveSettings, type Settings } from './me.ts';
import { createLinks, type Links, type LinkTold } from './links/index.ts';
import { findMembers } from './members.ts';
import { createNightly } from './nightly.ts';
import { closeSession, type NewSession, type SessionKind } from './sessions.ts';
import { createSubstitutes, type Substitutes } from './substitutes.ts';
import { createSignOn, type SignOnRequest } from './signon.ts';

export interface PeopleDeps {
  store: Store;
  clock: Clock;
  directory: Directory;
  config: Pick<Config, 'sessions' | 'rosterContact' | 'dataKey' | 'indexKey'>;
  hosts: ReadonlyMap<string, Host>;
  log: Log;
  /** Tells people that an account became theirs, or no longer is, in the transaction that did it. */
  tellLink(tx: Tx, told: LinkTold): Promise<void>;
}

export interface People {
  readonly directory: Directory;
  readonly contacts: Contacts;
  /** Areas, units, people and grants, for administrators. */
  readonly admin: PeopleAdmin;
  /** Spreadsheets of units, people and roles. */
  readonly imports: Imports;
  /** Contact syncs an administrator starts. */
  readonly contactRuns: ContactRuns;
  /** Away: who acts for whom. */
  readonly substitutes: Substitutes;
  /** One person with accounts in several host organisations. */
  readonly links: Links;
  /** What is done once a night (contact sync, sessions that are over); call it every minute or so. */
  nightly(): Promise<void>;
  signOn(request: SignOnRequest): Promise<NewSession>;
  /** Ends the session of a secret, known or not. */
  signOff(secret: string): Promise<void>;
  /** Who stands behind a session's secret now; null for nobody. */
  identify(secret: string, kind: SessionKind): Promise<Identified | null>;
  /** The person as an actor at this business moment; null when unknown or no longer active. */
  acting(personId: string): Promise<Acting | null>;
  /** The person behind a host's account, as an actor; null when unknown, left or without any grant. */
  actingByAccount(hostId: string, userId: string): Promise<Acting | null>;
  /** Their phone number in clear, or null. The caller decides who may see it. */
  phoneOf(personId: string): Promise<string | null>;
  /** Members by name, for whoever may invite one or file for one. Throws forbidden for others. */
  members(viewer: Actor, q: string): Promise<MemberRef[]>;
  me(identity: Identity, record: string): Promise<MeView>;
  saveSettings(personId: string, change: Partial<Settings>): Promise<Settings>;
}

export function createPeople(deps: PeopleDeps): People {
  const { store, clock, directory, config } = deps;
  const vault = createPhoneVault(config.dataKey, config.indexKey);
  const contacts = createContacts({ store, clock, vault, log: deps.log });
  const links = createLinks({ store, clock, directory, vault, hosts: deps.hosts, tell: deps.tellLink });
  const signOn = createSignOn({
    store,
    clock,
    directory,
    hosts: deps.hosts,
    sessions: config.sessions,
    rosterContact: config.rosterContact,
    learnPerson: (host, userId) => contacts.learnPerson(host, userId),
    links,
  });
  return {
    directory,
    contacts,
    admin: createPeopleAdmin({ store, clock, directory, vault }),
    contactRuns: createContactRuns({
      store,
      clock,
      hosts: deps.hosts,
      directory,
      vault,
      contacts,
      log: deps.log,
    }),
    imports: createImports({
      store,
      clock,
      directory,
      vault,
      hostId: [...deps.hosts.keys()][0] ?? '',
    }),
    substitutes: createSubstitutes({ store, clock, directory }),
    links,
    nightly: createNightly({ store, clock, hosts: deps.hosts, contacts, log: deps.log }),
    signOn,
    signOff: (secret) => store.transact((tx) => closeSession(tx, secret)),
    identify: createIdentify({ store, clock, sessions: config.sessions }),
    members: (viewer, q) => store.read((db) => findMembers(db, directory, viewer, q, clock.businessNow())),
    acting: (personId) => store.read((db) => actorOf(db, personId, clock.businessNow())),
    actingByAccount: (hostId, userId) =>
      store.read(async (db) => {
        const account = await db
          .selectFrom('account')
          .select('person_id')
          .where('host_id', '=', hostId)
          .where('user_id', '=', userId)
          .where('active', '=', 1)
          .executeTakeFirst();
        const acting = account ? await actorOf(db, account.person_id, clock.businessNow()) : null;
        return acting && acting.actor.grants.length > 0 ? acting : null;
      }),
    phoneOf: async (personId) => {
      const row = await store.read((db) =>
        db.selectFrom('person').select('phone_cipher').where('id', '=', personId).executeTakeFirst(),
      );
      return row?.phone_cipher ? vault.open(row.phone_cipher, personId) : null;
    },
    me: (identity, record) =>
      presentMe({ store, directory }, identity, { businessNow: clock.businessNow(), record }),
    saveSettings: (personId, change) => saveSettings(store, personId, change),
  };
}
