/**
 * What the segmenter's own dictionary does not know, or cuts wrongly, in reports of this kind: things of streets, homes,
 * hospitals, schools and offices. Names of places are not listed; segment.ts puts those together by their endings.
 */
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Words to keep whole. */
export const DOMAIN_WORDS = words(`
  红绿灯 信号灯 左转灯 路灯 斑马线 隔离栏 护栏 减速带 限高杆 指示牌 标识 标线 非机动车道 机动车道 人行道 盲道 步道
  公交站 公交站台 公交站牌 公交车 末班车 首班车 班次 轨道交通 网约车 出租车 上客区 共享单车 公共自行车 电动车 三轮车 大货车
  渣土车 洒水车 救护车 校车 停车位 停车场 停车难 乱停 违停 占道 充电桩 充电柜 充电站 换电柜 消防通道 消防栓 灭火器
  窨井盖 雨水口 雨污 雨污分流 污水 管网 积水 内涝 排水 下水道 化粪池 自来水 水质 水压 饮用水 停水 停电 断电 燃气 宽带 基站
  加装电梯 电梯 老旧小区 小区 物业 物业费 业委会 维修基金 公积金 房产证 不动产 外墙 漏水 雨棚 遮阳棚 飞线
  垃圾房 垃圾桶 垃圾分类 建筑垃圾 清运 保洁 公厕 厕所 异味 油烟 扬尘 噪声 噪音 扰民 广场舞 水葫芦 黑臭 河道 养殖
  接送 放学 午托 延时服务 课后服务 学区 入学 学位 幼儿园 食堂 校园 培训机构 近视
  卫生站 卫生院 家庭医生 急诊 挂号 疫苗 配药 输液 慢性病 医保 异地就医 备案 医保卡 救护
  养老 养老院 养老食堂 送餐 助餐 独居 适老化 托育 托班 残疾人 无障碍 坡道 轮椅 盲人 手语
  招工 用工 外来务工 欠薪 社保 失业 培训 创业 用地 审批 报批 园区 企业 融资 补贴 到账 申领
  便民中心 便民服务中心 政务服务 服务大厅 办事窗口 窗口 排队 取号 线上 网办 不动产登记 材料 证明 证照
  景区 停车费 收费 公示 明码标价 消费券 影视城 古城 步行街 体育公园 球场 健身 灯光
  灌溉 灌渠 灌溉渠 水渠 水塘 溺水 农产品 农村公路 村道 山塘 水库 护坡 急弯 弯道
  雨后 雨天 五金城 早高峰 晚高峰 路口 三轮 直播 就医 缴费 网吧 实名 未成年人 电信诈骗 应急 消防 隐患 松动 锈蚀 开裂 破损 损坏 歪斜 缺失 不亮 拥堵 逆行 剐蹭 超载
`);

/** Endings that make a name of what stands before them: 丹溪 + 路, 多湖 + 街道. */
export const NAME_ENDINGS: ReadonlySet<string> = new Set(
  words(
    '路 街 巷 弄 桥 镇 乡 村 站 洲 江 溪 湖 山 城 区 县 市 岭 大道 东路 西路 南路 北路 南街 北街 东街 西街 街道 新村 小区',
  ),
);

/** Words so common in reports that they say nothing about one. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  words(`
  问题 情况 现象 反映 建议 希望 请求 关于 有关 部门 相关 单位 进行 加强 提高 解决 处理 造成 影响 存在 没有 缺少 不便 不能 不够
  附近 周边 旁边 门口 一带 处在 位于 地方 区域 目前 现在 近期 最近 经常 长期 多次 反复 每天 每年 去年 今年 上周 本月 一周 时候
  群众 居民 市民 委员 老人 孩子 家长 大家 他们 我们 本人 有人 需要 可以 可能 应该 已经 仍然 还是 只有 出现 发现 了解 增加 设置
  金华 金华市 浙江 浙江省 全市 市区 部分 一些 许多 比较 非常 严重 明显 工作 服务 管理 使用 提供 落实 具体 数量
`),
);
