import { join } from 'node:path'

/** Where the portal answers for each protocol. */
export const CALLBACKS = {
  oidc: '/api/auth/callback/oidc',
  cas: '/api/auth/cas',
  samlEntity: '/api/auth/saml/metadata',
  samlAcs: '/api/auth/saml/acs',
  samlSlo: '/api/auth/saml/slo',
  signedOut: '/signed-out',
}

export interface Site {
  home: string
  /** Origin of LemonLDAP::NG. */
  url: string
  /** Origin of our portal. */
  publicUrl: string
  clientId: string
  clientSecret: string
  keys: { private: string; public: string; certificate: string }
}

/** Seconds. A password counts as just typed for so long, and only later is it asked for again. */
const RECENT = 5

/** What LemonLDAP::NG reads as `lmConf-1.json`; what is left out has its defaults. */
export function configuration(site: Site): Record<string, unknown> {
  return { ...base(site), ...sessions(site.home), ...oidc(site), ...cas(site), ...saml(site) }
}

function base({ url, publicUrl }: Site) {
  const { hostname } = new URL(url)
  return {
    cfgNum: 1,
    cfgVersion: '2.16.1',
    cfgAuthor: 'Posthouse',
    cfgDate: 1,
    portal: `${url}/`,
    domain: hostname,
    cookieName: 'lemonldap',
    securedCookie: 0,
    sameSite: 'Lax',
    key: 'sixteen letters.',
    trustedDomains: new URL(publicUrl).host,
    authentication: 'Demo',
    userDB: 'Same',
    passwordDB: 'Null',
    registerDB: 'Null',
    demoExportedVars: { uid: 'uid', cn: 'cn', mail: 'mail' },
    exportedVars: {},
    macros: { _whatToTrace: 'lc($_user)' },
    whatToTrace: '_whatToTrace',
    groups: {},
    locationRules: { [hostname]: { default: 'accept' } },
    exportedHeaders: {},
    applicationList: {},
    // A form is taken without a token, and nobody is asked to confirm a renewal.
    requireToken: 0,
    skipRenewConfirmation: 1,
    skipUpgradeConfirmation: 1,
    portalForceAuthnInterval: RECENT,
    portalDisplayResetPassword: 0,
    portalDisplayRegister: 0,
    // Loaded even where nothing uses it, and the usual one needs a package that draws.
    captcha: '::Main::Plugin',
    captcha_login_enabled: 0,
    captcha_mail_enabled: 0,
    captcha_register_enabled: 0,
  }
}

function sessions(home: string) {
  const files = (folder: string) => ({
    Directory: join(home, folder),
    LockDirectory: join(home, folder, 'lock'),
    generateModule: 'Lemonldap::NG::Common::Apache::Session::Generate::SHA256',
  })
  const store = 'Apache::Session::File'
  return {
    timeout: 72_000,
    globalStorage: store,
    globalStorageOptions: files('sessions'),
    persistentStorage: store,
    persistentStorageOptions: files('persistent'),
    samlStorage: store,
    samlStorageOptions: files('saml'),
    // One process's cache would hide from the other that a session has ended.
    localSessionStorage: '',
  }
}

const RP = 'posthouse'

function oidc({ url, publicUrl, clientId, clientSecret, keys }: Site) {
  const option = (name: string, value: string | number) => [`oidcRPMetaDataOptions${name}`, value]
  return {
    issuerDBOpenIDConnectActivation: 1,
    oidcServiceMetaDataIssuer: url,
    oidcServicePrivateKeySig: keys.private,
    oidcServicePublicKeySig: keys.public,
    oidcServiceKeyIdSig: 'sig1',
    oidcServiceAllowAuthorizationCodeFlow: 1,
    oidcServiceIgnoreScopeForClaims: 1,
    oidcRPMetaDataOptions: {
      [RP]: Object.fromEntries([
        option('ClientID', clientId),
        option('ClientSecret', clientSecret),
        option('RedirectUris', publicUrl + CALLBACKS.oidc),
        option('PostLogoutRedirectUris', publicUrl + CALLBACKS.signedOut),
        option('IDTokenSignAlg', 'RS256'),
        option('IDTokenForceClaims', 1),
        option('RequirePKCE', 1),
        option('BypassConsent', 1),
        option('LogoutBypassConfirm', 1),
      ]),
    },
    oidcRPMetaDataExportedVars: { [RP]: { email: 'mail', name: 'cn', groups: 'groups;string;auto' } },
  }
}

function cas({ publicUrl }: Site) {
  return {
    issuerDBCASActivation: 1,
    casAttr: 'uid',
    casAccessControlPolicy: 'error',
    casStrictMatching: 1,
    casBackChannelSingleLogout: 1,
    casAppMetaDataOptions: {
      // The second is where a sign-out leads; a ticket for it would be of no use.
      [RP]: { casAppMetaDataOptionsService: `${publicUrl}${CALLBACKS.cas} ${publicUrl}${CALLBACKS.signedOut}` },
    },
    casAppMetaDataExportedVars: { [RP]: { email: 'mail', name: 'cn', groups: 'groups' } },
  }
}

function saml({ publicUrl, keys }: Site) {
  const binding = 'urn:oasis:names:tc:SAML:2.0:bindings:'
  const metadata = `<?xml version="1.0"?>
<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${publicUrl}${CALLBACKS.samlEntity}">
  <SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol" AuthnRequestsSigned="false" WantAssertionsSigned="true">
    <SingleLogoutService Binding="${binding}HTTP-Redirect" Location="${publicUrl}${CALLBACKS.samlSlo}"/>
    <AssertionConsumerService Binding="${binding}HTTP-POST" Location="${publicUrl}${CALLBACKS.samlAcs}" index="0" isDefault="true"/>
  </SPSSODescriptor>
</EntityDescriptor>`
  const option = (name: string, value: string | number) => [`samlSPMetaDataOptions${name}`, value]
  const attribute = (name: string) => `1;${name};urn:oasis:names:tc:SAML:2.0:attrname-format:basic;${name}`
  return {
    issuerDBSAMLActivation: 1,
    samlEntityID: '#PORTAL#/saml/metadata',
    samlServicePrivateKeySig: keys.private,
    samlServicePublicKeySig: keys.certificate,
    samlServiceUseCertificateInResponse: 1,
    samlIDPSSODescriptorWantAuthnRequestsSigned: 0,
    samlSPMetaDataXML: { [RP]: { samlSPMetaDataXML: metadata } },
    samlSPMetaDataOptions: {
      [RP]: Object.fromEntries([
        option('NameIDFormat', 'unspecified'),
        option('NameIDSessionKey', 'uid'),
        option('SignSSOMessage', 1),
        option('SignSLOMessage', 1),
        option('CheckSSOMessageSignature', 0),
        option('CheckSLOMessageSignature', 0),
        option('SignatureMethod', 'RSA_SHA256'),
        option('EncryptionMode', 'none'),
      ]),
    },
    samlSPMetaDataExportedAttributes: {
      [RP]: { mail: attribute('email'), cn: attribute('name'), groups: attribute('groups') },
    },
  }
}
