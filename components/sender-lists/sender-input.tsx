import type { ComponentProps } from 'react'
import { Input } from '#components/ui/field.tsx'

/** For an address or a domain, as a person writes it. */
export const SenderInput = (control: ComponentProps<typeof Input>) => (
  <Input {...control} name="sender" maxLength={254} autoComplete="off" autoCapitalize="none" spellCheck={false} inputMode="email" />
)
