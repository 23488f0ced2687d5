import { describe, expect, test } from 'vitest'
import { children, parseXml, textOf, XmlRefused } from './xml.ts'

const BOMB = `<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;">]><a>&y;</a>`

describe('the documents of a provider', () => {
  test('are read with their namespaces, and with the five entities of XML', () => {
    const root = parseXml(`<?xml version="1.0"?>\n<a:r xmlns:a="urn:a"><a:v> R&amp;D </a:v><b:v xmlns:b="urn:b">other</b:v></a:r>`)
    expect(children(root, 'urn:a', 'v').map(textOf)).toEqual(['R&D'])
    expect(children(root, 'urn:b').map(textOf)).toEqual(['other'])
  })

  test.each([
    ['a bomb of entities', BOMB],
    ['a file of this machine (XXE)', `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>`],
    ['a document type from elsewhere', `<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd"><a/>`],
    ['an entity that nobody has declared', '<a>&x;</a>'],
    ['a processing instruction', '<a><?php echo 1 ?></a>'],
    ['no end tag', '<a><b></a>'],
    ['an attribute twice', '<a b="1" b="2"/>'],
    ['an attribute without quotes', '<a b=1/>'],
    ['two roots', '<a/><b/>'],
    ['text', 'yes\nlin'],
    ['nothing', ''],
    ['endless nesting', '<a>'.repeat(2_000) + '</a>'.repeat(2_000)],
    ['endless elements', `<a>${'<b/>'.repeat(30_000)}</a>`],
  ])('are refused with %s', (_, text) => {
    expect(() => parseXml(text)).toThrow(XmlRefused)
  })
})
