/** Who takes a step of a demo case, and what is said with it: whom and what it is about comes from the case. */
import type { WorkingCalendar } from '../../shared/src/calendar/index.ts';
import { isoShanghaiFull, shanghaiDate } from '../../shared/src/time/index.ts';
import type { ActionName, Actor } from '../../shared/src/workflow/index.ts';
import type { App } from '../../server/src/app.ts';
import { findCase } from '../../server/src/cases/index.ts';
import { digestOf } from '../../server/src/store/index.ts';
import { CITY_COMMITTEE, CITY_OFFICE, peopleOf, type DemoMember } from './cast.ts';
import type { DemoCase } from './cases.ts';
import type { Doer } from './paths.ts';
import { drawPhoto } from './photos.ts';
import { fixedUuid, type Uploader } from './uploads.ts';

/** One step at its moment. */
export interface Act {
  at: number;
  /** A hundred times the case's place among all, and the step's in its course. */
  order: number;
  demo: DemoCase;
  who: Doer;
  action: ActionName;
  input: Record<string, unknown>;
}

/** Where it was, when somebody called or came by: a little before it is written down. */
const BEFORE_MS = 20 * 60_000;
/** An extension asks for so many working days beyond the due time. */
const EXTENDED_BY = 3;
const caseIdOf = (title: string): string => fixedUuid(title);

export interface Acting {
  /** Throws when the workflow refuses: a demo that does not follow the rules is a mistake. */
  perform(act: Act): Promise<void>;
}

export async function createActing(app: App, calendar: WorkingCalendar, uploader: Uploader): Promise<Acting> {
  const people = await peopleOf(app);

  const unit = (name: string): string => {
    const found = app.directory.units().find((one) => one.name === name);
    if (!found) {
      throw new Error(`the demo has no unit ${name}`);
    }
    return found.id;
  };
  const committeeOf = ({ county }: DemoCase): { id: string; name: string } => {
    const found = app.directory.committeeOf(county ?? '');
    if (!found) {
      throw new Error(`the demo has no committee in ${county}`);
    }
    return found;
  };

  function memberOf(demo: DemoCase, index: number): DemoMember {
    const members = people.membersOf(demo.ofCounty ? committeeOf(demo).name : CITY_COMMITTEE);
    const found = members[index % members.length];
    if (!found) {
      throw new Error(`${demo.title} has no author`);
    }
    return found;
  }

  async function actorOf(who: Doer, demo: DemoCase): Promise<Actor> {
    switch (who) {
      case 'author':
        return memberOf(demo, demo.author).actor;
      case 'invited':
        return memberOf(demo, demo.with?.[0] ?? 0).actor;
      case 'alsoInvited':
        return memberOf(demo, demo.with?.[1] ?? 0).actor;
      case 'reviewer':
        return people.of('reviewer', CITY_COMMITTEE);
      case 'dispatcher':
        return people.of('dispatcher', CITY_OFFICE);
      case 'countyReviewer':
        return people.of('reviewer', committeeOf(demo).name);
      case 'countyDispatcher':
        return people.of('dispatcher', app.directory.dispatchOfficeOf(demo.county ?? '')?.name ?? '');
      case 'coHandler':
        return people.of('handler', demo.co ?? demo.unit);
      case 'substitute':
        // Whoever is named acts in the other's place, with the other's role.
        return people.now('head', demo.unit);
      case 'inspector':
      case 'leader':
        return people.of(who, CITY_OFFICE);
      default:
        return people.of(who, demo.unit);
    }
  }

  /** Every other report brings one or two photos. */
  async function photosOf({ demo, order }: Act): Promise<string[]> {
    const index = Math.floor(order / 100);
    if (index % 2 === 1) {
      return [];
    }
    const { userId } = memberOf(demo, demo.author);
    const ids: string[] = [];
    for (let nth = 0; nth < 1 + (index % 4 === 0 ? 1 : 0); nth += 1) {
      const bytes = await drawPhoto(demo.category, index + nth);
      ids.push(await uploader.upload(userId, `${demo.title}#${nth}`, `现场${nth + 1}.jpg`, bytes));
    }
    return ids;
  }

  /** The day some working days after the answer is due. */
  async function laterThanDue(demo: DemoCase): Promise<string> {
    const c = await app.store.read((db) => findCase(db, caseIdOf(demo.title)));
    const due = c?.clocks.findLast((clock) => clock.kind === 'reply')?.dueAt ?? app.clock.businessNow();
    return shanghaiDate(calendar.addWorkingDays(due, EXTENDED_BY));
  }

  async function inputOf(act: Act): Promise<Record<string, unknown>> {
    const { demo, input } = act;
    switch (act.action) {
      case 'submit':
        return {
          title: demo.title,
          situation: demo.situation,
          suggestion: demo.suggestion,
          categoryId: demo.category,
          place: { text: demo.place, areaId: demo.areaId },
          fileIds: await photosOf(act),
          invitees: (demo.with ?? []).map((index) => memberOf(demo, index).personId),
          ...(demo.ofCounty ? { committeeId: committeeOf(demo).id } : {}),
          // Every third author lets other members read along, so that there is something to support.
          disclosure: {
            anonymous: demo.anonymous ?? false,
            openness: Math.floor(act.order / 100) % 3 === 0 ? 'members' : 'staff',
            phoneToUnit: false,
          },
        };
      case 'merge':
        return { ...input, intoCaseId: caseIdOf(demo.into ?? '') };
      case 'delegate':
        return { ...input, areaId: demo.county };
      case 'dispatch':
        return {
          leadUnitId: unit(demo.unit),
          coUnitIds: demo.co ? [unit(demo.co)] : [],
          note: '请到现场看过后答复委员。',
          ...input,
        };
      case 'requestExtension':
        return { ...input, until: await laterThanDue(demo) };
      case 'reply':
        return { ...input, text: demo.reply ?? '已到现场核实并处理，请委员查看。' };
      case 'visit':
        return { ...input, at: isoShanghaiFull(act.at - BEFORE_MS) };
      default:
        return input;
    }
  }

  return {
    async perform(act) {
      const key = `demo:${act.order}`;
      const actor = await actorOf(act.who, act.demo);
      const input = await inputOf(act);
      try {
        await app.cases.perform(actor, caseIdOf(act.demo.title), act.action, input, {
          door: 'cli',
          principal: 'demo',
          key,
          digest: digestOf({ key }),
        });
      } catch (error) {
        throw new Error(`${act.demo.title}: ${act.who} ${act.action} was refused`, { cause: error });
      }
    },
  };
}
