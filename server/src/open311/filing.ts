/** A report that another application files for a member who gave it a token. */
import type { CategoryView } from '@minqing/shared/contract';
import { shanghaiDate } from '@minqing/shared/time';
import type { Actor } from '@minqing/shared/workflow';
import { LENGTHS } from '@minqing/shared/words';
import { digestOf, sha256 } from '../store/index.ts';
import { GeoReportFault } from './fault.ts';

export type Form = Readonly<Record<string, string | readonly string[] | undefined>>;

const textOf = (form: Form, name: string): string => {
  const value = form[name];
  return (typeof value === 'string' ? value : (value?.[0] ?? '')).trim();
};

/** `attribute[code]`, `attribute[code][]`: the values by code. */
export function attributesOf(form: Form): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [name, value] of Object.entries(form)) {
    const [, code] = /^attribute\[([^\]]+)\](?:\[\])?$/.exec(name) ?? [];
    if (code !== undefined && value !== undefined) {
      found.set(code, [...(found.get(code) ?? []), ...(typeof value === 'string' ? [value] : value)]);
    }
  }
  return found;
}

export interface Filing {
  caseId: string;
  input: Record<string, unknown>;
  /** The identity of the request; a repeat on the same day acts once. */
  key: string;
  digest: string;
}

/** The act `submit` that the form stands for. Throws 400 with everything that is wrong. */
export function filingOf(
  actor: Extract<Actor, { kind: 'person' }>,
  place: { areaId: string; committeeId: string },
  category: CategoryView,
  form: Form,
  now: number,
): Filing {
  const wrong: string[] = [];
  const description = textOf(form, 'description');
  const media = textOf(form, 'media_url');
  if (description === '') {
    wrong.push('请提供 description');
  }
  const situation = media === '' ? description : `${description}\n图片链接：${media}`;
  if (situation.length > LENGTHS.situation) {
    wrong.push(`description 最多 ${LENGTHS.situation} 字`);
  }
  const where = placeOf(form, wrong);
  const answers = answersOf(form, category, wrong);
  if (wrong.length > 0) {
    throw new GeoReportFault(400, ...wrong);
  }
  const content = {
    title: titleOf(description),
    situation,
    categoryId: category.id,
    place: { ...where, areaId: place.areaId },
    answers,
  };
  // The standard knows no key of a request: the same words by the same person on the same day are one report.
  const digest = digestOf({ open311: content });
  const key = uuidOf(sha256(`${actor.personId} ${shanghaiDate(now)} ${digest}`));
  return {
    caseId: uuidOf(sha256(`case ${key}`)),
    input: { ...content, committeeId: place.committeeId },
    key,
    digest,
  };
}

/** The first line, cut where a title ends. */
function titleOf(description: string): string {
  const line = description.split(/[\n。！？!?]/, 1)[0]?.trim() || description;
  return line.length <= LENGTHS.title ? line : `${line.slice(0, LENGTHS.title - 1)}…`;
}

function placeOf(
  form: Form,
  wrong: string[],
): { text: string; latitude?: number | undefined; longitude?: number | undefined } {
  const address = textOf(form, 'address_string');
  const [lat, long] = [textOf(form, 'lat'), textOf(form, 'long')];
  const latitude = lat === '' ? undefined : Number(lat);
  const longitude = long === '' ? undefined : Number(long);
  if ((latitude === undefined) !== (longitude === undefined)) {
    wrong.push('lat 和 long 要一起提供');
  } else if (
    latitude !== undefined &&
    longitude !== undefined &&
    !(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)
  ) {
    wrong.push('lat 在 -90 到 90 之间，long 在 -180 到 180 之间');
  }
  if (address === '' && latitude === undefined) {
    wrong.push('请提供 lat 和 long，或 address_string；不接受 address_id');
  }
  if (address.length > LENGTHS.place) {
    wrong.push(`address_string 最多 ${LENGTHS.place} 字`);
  }
  const text = address || `北纬 ${latitude?.toFixed(5)}，东经 ${longitude?.toFixed(5)}`;
  return latitude === undefined ? { text } : { text, latitude, longitude };
}

function answersOf(
  form: Form,
  category: CategoryView,
  wrong: string[],
): { question: string; answer: string }[] {
  const given = attributesOf(form);
  for (const code of given.keys()) {
    if (!category.questions.some((one) => one.id === code)) {
      wrong.push(`attribute[${code}] 不是这类的问题`);
    }
  }
  return category.questions.flatMap((question) => {
    const answer = (given.get(question.id) ?? []).join('、').trim();
    if (answer === '') {
      if (question.required) {
        wrong.push(`请提供 attribute[${question.id}]（${question.label}）`);
      }
      return [];
    }
    if (question.kind === 'choice' && !question.choices.includes(answer)) {
      wrong.push(`attribute[${question.id}] 请从 ${question.choices.join('、')} 里选`);
    }
    return [{ question: question.label, answer: question.kind === 'date' ? answer.slice(0, 10) : answer }];
  });
}

/** A UUID of version 8 (RFC 9562) made of a digest. */
function uuidOf(hex: string): string {
  const variant = ((parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
