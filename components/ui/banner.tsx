import CircleX from 'lucide-react/icons/circle-x'
import Info from 'lucide-react/icons/info'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import type { ReactNode } from 'react'
import { BannerBox, type BannerBoxProps, STOP_LOOK } from './banner-box.tsx'

export type BannerKind = 'stop' | 'hold' | 'wait' | 'plain'

const LOOKS: Record<BannerKind, { look: string; icon: ReactNode }> = {
  stop: { look: STOP_LOOK, icon: <CircleX /> },
  hold: { look: 'bg-hold-tint [&>.lucide]:text-hold', icon: <TriangleAlert /> },
  wait: { look: 'bg-wait-tint [&>.lucide]:text-wait', icon: <Info /> },
  plain: { look: 'bg-sunken', icon: <Info /> },
}

/** One a page: incident before expiry before notice. */
export function Banner({ kind, icon, ...rest }: BannerBoxProps & { kind: BannerKind }) {
  const its = LOOKS[kind]
  return <BannerBox {...rest} look={its.look} icon={icon ?? its.icon} />
}
