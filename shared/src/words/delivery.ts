/** Words of the delivery log. */

/** How something travels. */
export const DELIVERY_CHANNELS = {
  card: '互动卡片',
  actionCard: '链接卡片',
  notice: '普通通知',
  todo: '待办',
} as const;
export type DeliveryChannel = keyof typeof DELIVERY_CHANNELS;

export const DELIVERY_STATES = {
  dead: '发不出去',
  retrying: '重试中',
  queued: '排队',
  sent: '已送达',
  read: '已读',
  closed: '已处理',
} as const;
export type DeliveryState = keyof typeof DELIVERY_STATES;

export const DELIVERY_PERIODS = {
  day: '24 小时内',
  week: '7 天内',
  month: '30 天内',
  all: '全部时间',
} as const;
export type DeliveryPeriod = keyof typeof DELIVERY_PERIODS;
