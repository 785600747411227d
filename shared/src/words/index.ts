/** The product's words: every label a person reads, once. Code names are the glossary's; no logic lives here. */

export const CASE_STATES = {
  draft: '草稿',
  submitted: '待审核',
  returned: '退回补充',
  declined: '不予受理',
  withdrawn: '已撤回',
  merged: '已并案',
  accepted: '待交办',
  dispatched: '待签收',
  handling: '办理中',
  replying: '待审签',
  replied: '待评价',
  disputed: '待裁定',
  closed: '已办结',
} as const;
export type CaseState = keyof typeof CASE_STATES;

export const ASSIGNMENT_STATES = {
  unsigned: '待签收',
  handling: '办理中',
  done: '已反馈',
  returned: '已退回',
  cancelled: '已撤销',
} as const;
export type AssignmentState = keyof typeof ASSIGNMENT_STATES;

export const OUTCOMES = { rated: '已评价', unrated: '未评价', upheld: '未满意办结' } as const;
export type Outcome = keyof typeof OUTCOMES;

export const ROLES = {
  member: '委员',
  reviewer: '政协审核',
  dispatcher: '三服务办',
  handler: '经办人',
  head: '单位负责人',
  inspector: '督查',
  leader: '领导',
  admin: '管理员',
} as const;
export type Role = keyof typeof ROLES;

export const UNIT_TYPES = { committee: '政协', dispatchOffice: '三服务办', department: '部门' } as const;
export type UnitType = keyof typeof UNIT_TYPES;

export const TIERS = { province: '省', city: '市', county: '县（市、区）' } as const;
export type Tier = keyof typeof TIERS;

export const URGENCIES = { normal: '普通', urgent: '紧急', complex: '复杂' } as const;
export type Urgency = keyof typeof URGENCIES;

export const OPENNESS = { staff: '仅工作人员', members: '本级委员可看', public: '可以公开' } as const;
export type Openness = keyof typeof OPENNESS;

export const RESULT_CLASSES = { solved: '已解决', planned: '列入计划', declined: '暂不能办' } as const;
export type ResultClass = keyof typeof RESULT_CLASSES;

/** 采用: by which level of the CPPCC or the state. */
export const ADOPTION_LEVELS = {
  county: '县级采用',
  city: '市级采用',
  province: '省级采用',
  nation: '全国采用',
} as const;
export type AdoptionLevel = keyof typeof ADOPTION_LEVELS;

export const SUPERVISION_LEVELS = { normal: '一般督办', major: '重点督办' } as const;
export type SupervisionLevel = keyof typeof SUPERVISION_LEVELS;

/** What 复核 finds about a low rating; the stars stay as they are. */
export const APPEAL_OUTCOMES = { stands: '评价成立', excused: '非单位责任，不计入考核' } as const;
export type AppealOutcome = keyof typeof APPEAL_OUTCOMES;

export const CONTACT_WAYS = { phone: '电话', visit: '上门', meeting: '面谈', site: '现场' } as const;
export type ContactWay = keyof typeof CONTACT_WAYS;

/** What a 回访 found. */
export const VISIT_OUTCOMES = {
  solved: '问题已解决',
  partly: '部分解决',
  unsolved: '没有解决',
  unreached: '没有联系上',
} as const;
export type VisitOutcome = keyof typeof VISIT_OUTCOMES;

/** Why an anonymous author's name is opened. */
export const REVEAL_BASES = { consent: '委员同意', legal: '法定理由' } as const;
export type RevealBasis = keyof typeof REVEAL_BASES;

export const LIGHTS = {
  green: { shape: '●', word: '正常' },
  amber: { shape: '◐', word: '临近' },
  red: { shape: '■', word: '超期' },
  paused: { shape: '‖', word: '计时暂停' },
} as const;
export type LightName = keyof typeof LIGHTS;

/** Index = stars; 0 stands for "not yet rated". */
export const GRADES = ['', '非常不满意', '不满意', '基本满意', '满意', '非常满意'] as const;
export const STAR_WORDS = ['', '一星', '两星', '三星', '四星', '五星'] as const;

/** Reasons a rater may tick, by stars. */
export const RATING_REASONS: Record<1 | 2 | 3 | 4 | 5, readonly string[]> = {
  1: ['问题还在', '没到现场', '答非所问', '只说计划', '态度不好'],
  2: ['问题还在', '没到现场', '答非所问', '只说计划', '说得不清楚'],
  3: ['解决了一部分', '答复偏慢', '说得不够具体'],
  4: ['问题解决了', '答复很快', '到过现场', '说得清楚'],
  5: ['问题解决了', '答复很快', '到过现场', '说得清楚', '主动联系我'],
};

export const RETURN_REASONS = [
  '请补充具体地点',
  '请补充照片或数据',
  '请把几件事分开提交',
  '请写明希望怎么解决',
] as const;
export const DECLINE_REASONS = [
  '属于个人诉求，请走信访渠道',
  '已有相同民情在办',
  '不属于社情民意范围',
  '紧急情况请拨打 110 / 119 / 120',
] as const;
export const TRANSFER_REASONS = ['不属于本单位职责', '属地在其他县（市、区）', '需要其他单位牵头'] as const;

export const CATEGORIES = [
  ['traffic', '交通出行'],
  ['education', '教育'],
  ['health', '医疗卫生'],
  ['housing', '住房物业'],
  ['city', '城市管理'],
  ['environment', '生态环境'],
  ['security', '社会保障'],
  ['enterprise', '就业与企业服务'],
  ['safety', '公共安全'],
  ['culture', '文旅体育'],
  ['rural', '农业农村'],
  ['service', '政务服务'],
  ['care', '养老托育'],
  ['utilities', '水电气通信'],
  ['other', '其他'],
] as const satisfies readonly (readonly [string, string])[];
export type CategoryId = (typeof CATEGORIES)[number][0];
const CATEGORY_NAMES = new Map<string, string>(CATEGORIES);

/** The Chinese name of a category, or 其他 for one that is no longer listed. */
export function categoryName(id: string): string {
  return CATEGORY_NAMES.get(id) ?? '其他';
}

/** Limits of what may be written, the same in forms, schemas and columns (characters unless named otherwise). */
export const LENGTHS = {
  title: 30,
  situation: 1500,
  analysis: 1000,
  suggestion: 1000,
  place: 60,
  reason: 300,
  note: 500,
  reply: 2000,
  cardReply: 300,
  rating: 300,
  photos: 9,
  coHandlers: 5,
  jointAuthors: 5,
  published: 3000,
} as const;

export * from './delivery.ts';
export * from './files.ts';
export * from './audit.ts';
export * from './catalogue.ts';
export * from './hosts.ts';
export * from './tokens.ts';
export * from './exchange.ts';
