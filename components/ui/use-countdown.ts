import { useEffect, useState } from 'react'

/** Whole seconds that are left of `seconds`; starts anew when `run` changes. The server's figure counts, the browser's clock only measures on. */
export function useCountdown(seconds: number, run: unknown): number {
  const [left, setLeft] = useState(seconds)
  // A new run starts the countdown, even from the same figure.
  useEffect(() => {
    const end = Date.now() + seconds * 1000
    const tick = () => setLeft(Math.max(0, Math.ceil((end - Date.now()) / 1000)))
    tick()
    const timer = setInterval(tick, 250)
    return () => clearInterval(timer)
  }, [seconds, run])
  return left
}
