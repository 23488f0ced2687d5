'use client'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

/** Reads the page anew when something on it will have changed. */
export function RefreshIn({ seconds }: { seconds: number }) {
  const router = useRouter()
  useEffect(() => {
    const timer = setTimeout(() => router.refresh(), seconds * 1_000)
    return () => clearTimeout(timer)
  }, [seconds, router])
  return null
}
