import type { DesignHead } from '../../delivery/find-cards.js'
import type { AdmitCard, AdmitLog } from '../../delivery/too-many.js'
import type { HttpRoute } from '../../kit/http.js'
import type { SigningIdentity } from '../../signing/identity.js'
import type { Store } from '../../store/index.js'
import { launchParts } from '../issuing.js'
import type { Launch } from '../launch.js'
import { readPageBadge } from '../page-badge.js'

export interface CreateCardsOptions {
  readonly identity: SigningIdentity
  readonly store: Store
  onPass(from: 'cache' | 'signed'): void
  readonly admitCard: AdmitCard
  readonly admitLog: AdmitLog
}

/** What is served of the cards: the web service and the pages. */
export async function createCards(
  launch: Launch,
  { identity, store, onPass, admitCard, admitLog }: CreateCardsOptions,
): Promise<{ readonly routes: readonly HttpRoute[]; close(): Promise<void> }> {
  const [
    issuing,
    bundles,
    records,
    since,
    people,
    snapshots,
    delivery,
    registrations,
    logs,
    web,
    pages,
    painting,
    codes,
  ] = await Promise.all([
    import('../../issuing/cards/pass-factory.js'),
    import('../../issuing/cards/bundle.js'),
    import('../../issuing/record-batch.js'),
    import('../../issuing/signing-start.js'),
    import('../../issuing/cards/personalize-card.js'),
    import('../../cards/design/snapshot-design.js'),
    import('../../delivery/serve-cards.js'),
    import('../../delivery/registrations.js'),
    import('../../delivery/device-logs.js'),
    import('../../delivery/web-service/routes.js'),
    import('../../delivery/pages/page-routes.js'),
    import('../../delivery/pages/card-painter.js'),
    import('../../cards/links/link-code.js'),
  ])
  const parts = launchParts(launch, identity)
  const { folders, values, now } = parts
  const factory = issuing.createPassFactory({ ...parts, identity })
  const currentOf = ({ id, name, version, hash }: DesignHead) => ({
    id,
    name,
    version,
    dir: snapshots.snapshotPath(folders.snapshots, hash),
  })
  const cards = delivery.createCardService({
    store,
    passes: {
      sign: (row, design, when) => factory.sign(records.rowToCard(row), currentOf(design), when),
      contents: (row, design) => factory.contents(records.rowToCard(row), currentOf(design)),
      bundle: (passes) => bundles.buildBundle(passes),
    },
    since: (await since.signingStart(store, parts)).at,
    cacheBytes: (launch.config.service?.cache ?? 64) * 1_000_000,
    now,
    onPass,
  })
  const painter = painting.createCardPainter({ now })
  const pageRoutes = pages.pageRoutes({
    cards,
    links: codes.createLinkCodes(await store.secret()),
    serviceUrl: launch.config.service?.url ?? '',
    organization: launch.config.organization,
    locale: launch.config.locale,
    now,
    admitCard,
    draw: painter.draw,
    badge: await readPageBadge(launch),
  })
  const walletRoutes = web.walletRoutes({
    cards,
    registrations: registrations.createRegistrations(store),
    logs: logs.createDeviceLogs(store),
    personalizer: {
      signToken: (token) => factory.signer(token, new Date(now())),
      async personalize(card, info) {
        const design = await factory.design(currentOf(cards.designOf(card)))
        const context = { ...values, locale: card.locale ?? values.locale }
        return people.personalizeCard(store, { cardId: card.id, design, info, context, now: now() })
      },
    },
    passTypeIdentifier: identity.passTypeIdentifier,
    admitCard,
    admitLog,
    now,
  })
  return { routes: [...walletRoutes, ...pageRoutes], close: () => painter.close() }
}
