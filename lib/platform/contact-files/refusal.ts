/** What a file is that is no text. `excel`: a workbook, new or old; `archive`: ZIP and its like, also other office documents. */
export type FileKind = 'excel' | 'image' | 'pdf' | 'archive' | 'web_page' | 'other'

/** `not_text` says its `kind`; `empty`: no row, and no vCard. */
export type RefusalCode = 'too_large' | 'too_many_rows' | 'too_many_columns' | 'not_text' | 'empty'

/** Nothing of the file can be imported. */
export class ContactFileRefused extends Error {
  readonly code: RefusalCode
  readonly kind: FileKind | undefined

  constructor(code: RefusalCode, kind?: FileKind) {
    super(code)
    this.name = 'ContactFileRefused'
    this.code = code
    this.kind = kind
  }
}
