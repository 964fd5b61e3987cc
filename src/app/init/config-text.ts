import { stringify } from 'yaml'
import type { InitAnswers } from './answers.js'

/** Where the JSON Schema lies in a launch, for the editor. */
export const SCHEMA_FILE = '.tessera/tessera.schema.json'

/** tessera.yaml of a new launch, with comments that explain each value where it stands. */
export function configText(answers: InitAnswers): string {
  const { organization, locale, currency, passTypeIdentifier, teamIdentifier, serviceUrl } = answers
  return `# yaml-language-server: $schema=${SCHEMA_FILE}
# A Tessera launch: one card programme with its designs, certificates and members.
# \`tessera config validate\` checks this file; \`tessera config show --origin\` tells where each value comes from.
# Any value can be replaced for one command: TESSERA_LOCALE=de tessera … (\`tessera help environment\`).
version: 1

# The name that the card shows on the lock screen.
organization: ${scalar(organization)}

# How dates, numbers and money are written for members who bring no locale of their own,
# and the currency of amounts that name none (ISO 4217).
locale: ${scalar(locale)}
currency: ${scalar(currency)}

apple:
  # As registered at developer.apple.com: Certificates, Identifiers & Profiles > Identifiers > Pass Type IDs.
  # \`tessera certs dev\` makes test certificates for whatever stands here.
  passTypeIdentifier: ${scalar(passTypeIdentifier)}
  teamIdentifier: ${scalar(teamIdentifier)}
  # Relative to this folder. The key stays where it is; keep it out of version control.
  certificate: certs/pass.pem
  key: certs/pass.key.pem
  wwdr: certs/wwdr.pem
  # When the key has a passphrase, exactly one of:
  # keyPassphrase: { file: /run/secrets/pass-key }
  # keyPassphrase: { env: PASS_KEY_PASSPHRASE }
  # keyPassphrase: { command: "pass show wallet/pass-key" }

# Where phones reach this launch, for download links and updates. Apple accepts https only.
${serviceUrl === undefined ? '# service:\n#   url: https://cards.example.com' : `service:\n  url: ${scalar(serviceUrl)}`}

# Where cards are recorded.
store: sqlite:.tessera/store.db
`
}

/** Keeps keys and everything that can be made again out of version control. */
export const GITIGNORE = `# Private keys never belong in version control.
certs/*.key.pem
certs/*.p12
certs/*.pfx
# The store holds members' data; caches can be made again. The schemas are for editors.
.tessera/*
!.tessera/*.schema.json
# Signed cards.
out/
cards/
*.pkpass
*.pkpasses
*.rejected.csv
`

function scalar(value: string): string {
  return stringify(value, { lineWidth: 0 }).trimEnd()
}
