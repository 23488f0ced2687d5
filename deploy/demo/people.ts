/** The people of the demo's university. Their passwords are printed at the start: they open nothing but the demo. */
export interface DemoPerson {
  address: string
  login: string
  name: string
  nameEn: string
  password: string
  role: 'user' | 'agent' | 'supervisor' | 'auditor' | 'admin'
  groups: string[]
  /** Of the member of staff or the student. */
  number: string
  unit: string
  officePhone: string
  /** The number in the demo phone. */
  phone: string
  /** Whether it is bound already. */
  bound: boolean
}

export const DOMAIN = 'yunling.example'

const person = (
  login: string,
  name: string,
  nameEn: string,
  phone: string,
  number: string,
  rest: Partial<DemoPerson> = {},
): DemoPerson => ({
  address: `${login}@${DOMAIN}`,
  login,
  name,
  nameEn,
  phone,
  number,
  unit: '环境学院',
  officePhone: `+86 10 5550 ${phone.slice(-2)}31`,
  password: `${login.replace('.', '-')}-Post-2026`,
  role: 'user',
  groups: ['members'],
  bound: false,
  ...rest,
})

export const PEOPLE: DemoPerson[] = [
  person('lin.yue', '林悦', 'Lin Yue', '+8613871008000', '2014001187'),
  person('zhang.wei', '张伟', 'Zhang Wei', '+8613871008001', '2009000412', { bound: true, groups: ['members', 'staff'] }),
  person('emily.carter', 'Emily Carter', 'Emily Carter', '+8613871008002', '2017002236', {
    bound: true,
    groups: ['members', 'staff'],
  }),
  person('chen.jing', '陈静', 'Chen Jing', '+8613871008003', '2012000731', {
    role: 'agent',
    bound: true,
    groups: ['members', 'helpdesk'],
  }),
  person('wang.lei', '王磊', 'Wang Lei', '+8613871008004', '2006000118', {
    role: 'supervisor',
    bound: true,
    groups: ['members', 'helpdesk-leads'],
  }),
  person('zhao.min', '赵敏', 'Zhao Min', '+8613871008005', '2011000954', {
    role: 'auditor',
    groups: ['members', 'mail-audit'],
  }),
  person('liu.yang', '刘洋', 'Liu Yang', '+8613871008006', '2008000263', {
    role: 'admin',
    bound: true,
    groups: ['members', 'mail-admins'],
  }),
  // The helpdesk's own mailbox, where messages from the help page arrive.
  person('service', '服务台', 'Helpdesk', '+8613871008007', '9900000007'),
]
