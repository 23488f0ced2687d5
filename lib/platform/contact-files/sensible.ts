/** What address books are full of: their heads, surnames, given names, places, employers, offices; in either script. */
const USUAL = new Set(
  [
    '姓名昵称电子邮件地址手机个人主页性别生日公司部门职位职务职称网页所在国家省市区县街道邮政编码办公电话传真家庭附注备注号码联系组类移动业商商务住宅男女',
    '電子郵件個人網頁性別職稱網頁國區縣鄉鎮號碼辦公電話傳真備註聯絡組類動務無線應用',
    '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔向汤',
    '張劉陳楊黃趙吳孫馬鄭謝許韓馮鄧曾蕭葉蘇呂盧鐘鍾譚陸賈韋鄒閻龍賀顧龔萬錢嚴湯',
    '伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉玲建国华春梅红云飞鹏晓彤雪婷志宇佳欣怡晨阳俊波斌海燕丹雨悦小大子一龙凤宁浩然博瑞雅琪思琳慧颖玉珍荣成东立永新学光天安美',
    '偉靜麗強軍艷傑濤蘭剛輝國華紅雲飛鵬曉陽怡慧穎榮東龍鳳寧學',
    '北京上海天津重庆河北山西辽宁吉林黑龙江苏浙安徽福建江西东南湖广四川贵州云陕甘肃青台湾内蒙古藏夏疆香港澳门深圳杭',
    '臺灣臺北高雄廣東區路巷弄樓',
    '大学院校医院研究所科技有限责任股份集团中心局处室系图书馆实验教授师老主任经理总长员工程管理信息财务人事销售市场服务技术银行保险网络软件环境水利农林理同事朋友亲客户在的是了不有这我和中上为们到说时要',
    '學醫院研究責任團處圖書館實驗教師長員總經營業務財務銷售場術銀險網絡軟體環境農親戶這們說時',
    '好久见見兩两句行收发發信寄给給请請問问您你他她',
  ].join(''),
)

/** In GB 2312 and Big5 the characters of daily use come first, before those that hardly anybody writes. */
const isDaily = (charset: string, lead: number, trail: number) =>
  charset === 'big5' ? lead >= 0xa4 && lead <= 0xc6 : lead >= 0xb0 && lead <= 0xd7 && trail >= 0xa1

/**
 * How sensible octets that ASCII does not have look, as this charset reads them: per octet, from -4 (nothing is right) to 2.
 * `read` decodes them.
 */
export function sensibility(charset: string, bytes: Uint8Array, read: (bytes: Uint8Array) => string): number {
  const octets = bytes.reduce((count, octet) => count + (octet > 0x7f ? 1 : 0), 0)
  if (octets === 0) return 0
  const text = read(bytes)
  const points = charset === 'windows-1252' ? latinPoints(text) : hanPoints(text)
  const daily = charset === 'gb18030' || charset === 'big5' ? dailyPoints(charset, bytes) : 0
  return (points + daily) / octets
}

function hanPoints(text: string): number {
  let points = 0
  for (const letter of text) {
    if (letter <= '\x7f') continue
    if (letter === '\uFFFD') points -= 8
    else if (USUAL.has(letter)) points += 3
    else if (/[\p{Co}\p{Cn}\p{Cc}]/u.test(letter)) points -= 8
    else if (/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Greek}\p{Script=Cyrillic}\u2500-\u25ff]/u.test(letter))
      points -= 2
  }
  return points
}

/** Two octets each; what is not of daily use counts against it. */
function dailyPoints(charset: string, bytes: Uint8Array): number {
  let points = 0
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at] as number
    if (lead < 0x81) continue
    const trail = bytes[++at] ?? 0
    const isOfFour = charset === 'gb18030' && trail >= 0x30 && trail <= 0x39
    if (isOfFour) at += 2
    const isPunctuation = charset === 'big5' ? lead <= 0xa3 : lead >= 0xa1 && lead <= 0xa9 && trail >= 0xa1
    points += isPunctuation ? 0 : isOfFour || isDaily(charset, lead, trail) ? 1 : -2
  }
  return points
}

/** In European text a letter with an accent stands among plain ones, and is mostly a small one. */
function latinPoints(text: string): number {
  let points = 0
  for (const [run] of text.matchAll(/[^\0-\x7f]+/g)) {
    if (run.length > 2 || /[\p{Cc}\uFFFD]/u.test(run)) points -= 2 * run.length
    else points += /^\p{Ll}/u.test(run) ? run.length * 1.5 : /^\p{L}/u.test(run) ? 0.5 : -run.length
  }
  return points
}
