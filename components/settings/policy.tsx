'use client'
import { useState } from 'react'
import { useFresh } from '#components/ui/use-fresh.ts'
import type { SettingsState } from '#lib/features/settings/schema.ts'
import { Changes } from './changes.tsx'
import { type Group, SettingGroup } from './setting-group.tsx'

interface Props {
  initial: SettingsState
  /** For how many seconds the last sign-in counts as recent. */
  freshFor: number
}

/** What the site can set while the portal runs, in groups, and what was changed. */
export function Policy({ initial, freshFor }: Props) {
  const [state, setState] = useState(initial)
  const isFresh = useFresh(freshFor)
  const groups = [...new Set(state.settings.map(({ group }) => group))] as Group[]
  return (
    <>
      {groups.map((group, index) => (
        <SettingGroup
          key={group}
          group={group}
          first={index === 0}
          settings={state.settings.filter((setting) => setting.group === group)}
          isFresh={isFresh}
          onSaved={setState}
        />
      ))}
      <Changes state={state} isFresh={isFresh} onSaved={setState} />
    </>
  )
}
