/** 办理单: one case with its whole history, in the words of paper. */
import type { CasePrint, ContentView, TimelineEntry } from '@minqing/shared/contract';
import { fullDeadlineText, fullMomentText, usedText } from '@minqing/shared/time';
import { leadAssignment, type Case } from '@minqing/shared/workflow';
import { GRADES, RESULT_CLASSES } from '@minqing/shared/words';
import { encode } from 'uqr';
import { nextText, unitMinutes, type WholeCase } from '../cases/index.ts';
import { stagesOf, usedWords } from './print.stages.ts';

const SIGNATURES = ['承办单位（盖章）', '三服务办（签字）', '政协（签字）'];
/** What is told in a section of its own: here only who did it and when. */
const ANSWERED: readonly string[] = ['reply', 'approve', 'opinion', 'lapseCountersign'];

interface Around {
  /** The address of the case's page. */
  link: string;
  /** Who prints. */
  by: string;
  now: number;
}

/** The sheet as this viewer may see the case. */
export function presentPrint(whole: WholeCase, { link, by, now }: Around): CasePrint {
  const { view, c, hashes } = whole;
  return {
    caseId: c.id,
    number: c.number,
    owner: `民情一点通 · ${view.committee.name}`,
    title: view.content.title,
    sentence: sentenceOf(whole),
    code: codeOf(link),
    facts: factsOf(whole),
    matter: {
      edited: view.original !== null,
      parts: partsOf(view.content),
      original: view.original
        ? [view.original.title, ...partsOf(view.original).map((part) => part.text)].join('\n')
        : '',
    },
    ...filesOf(whole),
    replies: repliesOf(whole),
    ratings: ratingsOf(whole),
    history: whole.timeline.map((entry) => historyLine(entry, whole)),
    stages: stagesOf(c, whole.world.calendar, now),
    signatures: SIGNATURES,
    printed: `打印：${by} ${fullMomentText(now)}`,
    check: checkOf(hashes.at(-1)?.hash ?? ''),
  };
}

/** 7c1e 90ab 42d5 e1f8 */
const checkOf = (hash: string): string => (hash.slice(0, 16).match(/.{4}/g) ?? []).join(' ');

/** A QR code as one path of unit squares. */
function codeOf(text: string): CasePrint['code'] {
  const { data, size } = encode(text, { ecc: 'M', border: 2 });
  const path = data
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join('');
  return { size, path };
}

function leadOf({ c, world }: WholeCase): string {
  const id = leadAssignment(c)?.unitId ?? c.replies.at(-1)?.unitId;
  return (id && world.unit(id)?.name) || '';
}

function sentenceOf(whole: WholeCase): string {
  const { view, c, world } = whole;
  const used = unitMinutes(c, world.calendar)?.used;
  const answered = used === undefined ? '' : `${leadOf(whole)}用 ${usedText(used)}答复`;
  const stars = c.ratings.filter((r) => r.round === c.round).map((r) => r.stars);
  const rated = stars.length > 0 ? `委员评价 ${Math.min(...stars)} 星` : '';
  if (c.state === 'closed' || c.state === 'replied') {
    const rest = [answered, rated || (c.state === 'closed' ? '委员没有评价' : '等委员评价')];
    return `${view.stateLabel}。${rest.filter(Boolean).join('，')}。`;
  }
  const next = nextText(
    c,
    { author: false, you: null },
    { now: world.now, calendar: world.calendar, unit: world.unit },
  );
  return next === view.stateLabel ? `${next}。` : `${view.stateLabel}。${next}。`;
}

function factsOf(whole: WholeCase): CasePrint['facts'] {
  const { view, c, names } = whole;
  const fact = (label: string, value: string, more: { mark?: string; wide?: boolean } = {}) => ({
    label,
    value: value || '无',
    mark: more.mark ?? '',
    wide: more.wide ?? false,
  });
  const joined = view.authors.filter((a) => a.joined === 'first' || a.joined === 'accepted');
  const authors = joined.map((a) => [a.name, a.detail].filter(Boolean).join('，')).join('；');
  const reply = c.releasedAt === null ? undefined : c.replies.at(-1);
  const clock = c.clocks.findLast((k) => k.kind === 'reply');
  const co = view.assignments.filter((a) => a.part === 'co' && a.active && a.round === c.round);
  const late = reply && clock?.stoppedAt != null && clock.stoppedAt > clock.dueAt;
  return [
    fact('编号', c.number),
    fact('地区', view.area.name),
    fact('委员', authors),
    fact('类别', view.content.category),
    fact('提交', fullMomentText(c.submittedAt)),
    fact('办结', c.closedAt === null ? view.stateLabel : fullMomentText(c.closedAt)),
    fact('主办', `${leadOf(whole)}${reply ? `（${names(reply.personId).name}）` : ''}`),
    fact('协办', co.map((a) => a.unit.name).join('、')),
    fact('答复时限', clock ? fullDeadlineText(clock.dueAt) : '还没有交办'),
    fact('实际答复', reply ? fullMomentText(reply.at) : '还没有答复', {
      mark: reply ? (late ? '■ 超期' : '● 按期') : '',
    }),
    fact('位置', view.content.place.text, { wide: true }),
  ];
}

function partsOf(content: ContentView): { label: string; text: string }[] {
  return [
    { label: '', text: content.situation },
    { label: '分析', text: content.analysis },
    { label: '建议', text: content.suggestion },
    ...content.answers.map(({ question, answer }) => ({ label: question, text: answer })),
  ].filter(({ text }) => text !== '');
}

/** Every file of the case once, with who brought it; what has not arrived is left out. */
function filesOf({ view, timeline }: WholeCase): Pick<CasePrint, 'photos' | 'attachments'> {
  const brought = timeline.flatMap(({ files, at, who }) =>
    files.map((file) => ({ file, from: `${fullMomentText(Date.parse(at))}　${who || '系统'}` })),
  );
  const known = new Map(
    [...view.content.files.map((file) => ({ file, from: '委员' })), ...brought]
      .filter(({ file }) => file.state === 'ready' && file.url !== null)
      .map((each) => [each.file.id, each]),
  );
  const all = [...known.values()];
  return {
    photos: all
      .filter(({ file }) => file.kind === 'image')
      .map(({ file, from }, i) => ({ fileId: file.id, url: file.url ?? '', caption: `${i + 1}　${from}` })),
    attachments: all
      .filter(({ file }) => file.kind !== 'image')
      .map(({ file, from }) => ({ fileId: file.id, name: file.name, detail: from })),
  };
}

/** What reached the authors, round by round. */
function repliesOf({ c, names, world }: WholeCase): CasePrint['replies'] {
  const released = c.releasedAt === null ? c.replies.filter((r) => r.round < c.round) : c.replies;
  return released.map((reply) => ({
    label: [
      released.length > 1 ? `第 ${reply.round} 轮 · ` : '',
      RESULT_CLASSES[reply.class],
      reply.promisedOn ? `（承诺 ${reply.promisedOn} 前落实）` : '',
      reply.reason ? `（${reply.reason}）` : '',
    ].join(''),
    text: reply.text,
    by: `${world.unit(reply.unitId)?.name ?? ''}　${names(reply.personId).name}　${fullMomentText(reply.at)}`,
  }));
}

function ratingsOf({ c, names, sight }: WholeCase): CasePrint['ratings'] {
  return c.ratings.map((rating) => ({
    stars: rating.stars,
    label: `${rating.stars} 星，${GRADES[rating.stars] ?? ''}`,
    text: [rating.reasons.join('、'), rating.text && `「${rating.text}」`].filter(Boolean).join('。'),
    by: `${sight.names ? names(rating.personId).name : '匿名委员'}　${fullMomentText(rating.at)}`,
  }));
}

function historyLine(entry: TimelineEntry, whole: WholeCase): CasePrint['history'][number] {
  const event = whole.events.find((e) => e.version === entry.version && e.action === entry.action);
  const gap = entry.who.lastIndexOf(' ');
  return {
    at: fullMomentText(Date.parse(entry.at)),
    who: gap < 0 ? entry.who || '系统' : entry.who.slice(gap + 1),
    unit: gap < 0 ? '' : entry.who.slice(0, gap),
    what: [wordsOf(entry, whole.c), event ? usedWords(event, whole.c, whole.world.calendar) : '']
      .filter(Boolean)
      .join('\n'),
  };
}

/** What was done; texts that stand in a section of their own are not told twice. */
function wordsOf({ action, title, text, files, result }: TimelineEntry, c: Case): string {
  const inSection =
    (ANSWERED.includes(action) && result !== null && c.replies.some((r) => text.includes(r.text))) ||
    action === 'submit' ||
    action === 'rate';
  const brought = files.length > 0 ? `附 ${files.length} 个文件` : '';
  return [title, inSection ? (result?.label ?? '') : text, brought].filter(Boolean).join('。');
}
