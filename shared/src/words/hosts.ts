/** What the messengers are called. */
export const HOST_NAMES = { dingtalk: '钉钉', zhezhengding: '浙政钉' } as const;

/** 「浙政钉」; a vendor nobody named is called a platform. */
export function messengerName(vendor: string): string {
  return vendor in HOST_NAMES ? HOST_NAMES[vendor as keyof typeof HOST_NAMES] : '平台';
}
