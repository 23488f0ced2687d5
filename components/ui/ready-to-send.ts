/** Whether all fields of a form may be sent; else each marks itself (`onInvalid`), and the first of them takes the focus. */
export function readyToSend(form: HTMLFormElement): boolean {
  if (form.checkValidity()) return true
  form.querySelector<HTMLElement>('input:invalid')?.focus()
  return false
}
