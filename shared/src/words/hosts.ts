/** What the messengers are called. */
export const HOST_NAMES: Readonly<Record<string, string>> = { dingtalk: '钉钉', zhezhengding: '浙政钉' };
