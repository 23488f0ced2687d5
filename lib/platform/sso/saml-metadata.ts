import { samlUrls } from './saml.ts'

const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
const BINDING = 'urn:oasis:names:tc:SAML:2.0:bindings:'

/** What the provider's operator loads. The library's own metadata lacks the redirect binding of single logout. */
export function samlMetadata(): string {
  const { entityId, acs, slo } = samlUrls()
  const logout = (binding: string) => `<SingleLogoutService Binding="${BINDING}${binding}" Location="${escaped(slo)}"/>`
  return `<?xml version="1.0" encoding="UTF-8"?>
<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${escaped(entityId)}">
  <SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol" AuthnRequestsSigned="false" WantAssertionsSigned="true">
    ${logout('HTTP-Redirect')}
    ${logout('HTTP-POST')}
    <AssertionConsumerService Binding="${BINDING}HTTP-POST" Location="${escaped(acs)}" index="0" isDefault="true"/>
  </SPSSODescriptor>
</EntityDescriptor>
`
}
