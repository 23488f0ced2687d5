import { escapeHtml } from '../notices/escape-html.ts'

// XML 1.0 section 2.2: no reference makes these characters part of a document.
const NOT_XML = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Text as text, in an element or in an attribute in quotes; what XML cannot say is left out. */
export const escapeXml = (text: string): string => escapeHtml(text.replace(NOT_XML, ''))
