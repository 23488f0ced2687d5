export const SURNAMES = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'
export const GIVEN = '伟芳娜秀敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉'

/** So many share a name or the end of a number, however many people there are. */
const ALIKE = 18

export const nameGroups = (count: number) => Math.ceil(count / ALIKE)

/** What staff know of somebody who calls. */
export interface Keys {
  address: string
  login: string
  number: string
  name: string
  english: string
  phone: string
  /** The last four digits of it. */
  ending: string
}
export type Key = keyof Keys

/** Of person `n` of `count`. */
export function keysOf(n: number, count: number): Keys {
  const p = n % nameGroups(count)
  const ending = String(n % Math.ceil(count / 20)).padStart(4, '0')
  return {
    ...{ address: `u${n}@yunling.example`, login: `u${n}`, number: `20260${String(n).padStart(6, '0')}` },
    name: [SURNAMES[p % 20], GIVEN[Math.floor(p / 20) % 24], GIVEN[Math.floor(p / 480) % 24]].join(''),
    english: `Given${n}`,
    phone: `+86138${String(Math.floor(n / 20))
      .padStart(4, '0')
      .slice(-4)}${ending}`,
    ending,
  }
}
