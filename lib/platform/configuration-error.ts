export class ConfigurationError extends Error {
  readonly sentences: string[]

  constructor(sentences: string[]) {
    super(`Posthouse cannot start:\n${sentences.map((sentence) => `- ${sentence}`).join('\n')}`)
    this.sentences = sentences
  }
}
