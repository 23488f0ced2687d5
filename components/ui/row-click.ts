import type { MouseEvent } from 'react'

/** Not a click that asks the browser for something else: a new tab, a download. */
export const isPlain = (event: MouseEvent): boolean =>
  event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)

/** On the row itself, not on what does something of its own. */
export const isOutside = ({ target }: MouseEvent): boolean =>
  target instanceof Element && target.closest('a, button, label, input') === null
