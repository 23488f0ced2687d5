import { notFound, redirect } from 'next/navigation'
import { deskNavigation } from '#components/shell/navigation.ts'
import { loadPerson } from '#lib/features/sso/loaders.ts'

/** Leads each role to its first page. */
export default async function DeskPage() {
  const { roles } = await loadPerson()
  const [first] = deskNavigation(roles)
  if (roles.length === 0 || !first?.items[0]) notFound()
  redirect(first.items[0].href)
}
