type End = () => Promise<unknown>
const held = globalThis as typeof globalThis & { endings?: End[] }

/** Done when the file's tests are through. A hook that is set inside a hook, vitest does not hear of. */
export function atEndOfFile(end: End): void {
  held.endings ??= []
  held.endings.push(end)
}

/** settings.ts hangs this at the end of every file. */
export async function endFile(): Promise<void> {
  for (const end of held.endings?.splice(0).reverse() ?? []) await end()
}
