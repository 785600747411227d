/** Where a setting comes from, in the words every page of settings uses. */
export interface Origin {
  from: { name: string } | null;
  own: boolean;
}

/** 「本地设置」「沿用浙江省」「产品自带」 */
export function originWords({ from, own }: Origin): string {
  return own ? '本地设置' : from ? `沿用${from.name}` : '产品自带';
}
