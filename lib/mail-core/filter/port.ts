/** What scores mail. */
export interface Filter {
  /** Tells it that this mail is wanted, or not. Told twice, it counts once. */
  learn(raw: Uint8Array, as: 'wanted' | 'unwanted'): Promise<void>
  check(): Promise<void>
}
