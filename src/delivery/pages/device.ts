/**
 * What the holder seems to hold. A hint for what to show first, no more: browsers lie, so every action stays reachable
 * on every device.
 */
export interface Device {
  readonly kind: 'iphone' | 'ipad' | 'mac' | 'android' | 'desktop'
  /** A browser inside of another app on an iPhone or iPad, which cannot hand cards to Wallet. */
  readonly inApp: boolean
  /** Safari itself. Other browsers of an iPhone may fail to add cards, and take one at a time at best. */
  readonly safari: boolean
}

/** Apps whose own browser says who it is. On Android they download like any browser. */
const APPS =
  /\b(?:Instagram|FBAN|FBAV|FB_IAB|Telegram|VKClient|VKAndroidApp|vkShare|Line\/|MicroMessenger|Snapchat|Pinterest|LinkedInApp|musical_ly|BytedanceWebview|TikTok|Twitter for)/i

const SAFARI = /\bVersion\/\S+ .*Safari\//
/** Browsers that have Safari's name in theirs. */
const OTHERS = /\b(?:CriOS|FxiOS|EdgiOS|OPiOS|OPT|OPX|GSA|DuckDuckGo|Ddg|YaBrowser|Brave|UCBrowser|SamsungBrowser)\b/

export function deviceOf(userAgent: string | undefined): Device {
  const agent = (userAgent ?? '').slice(0, 1000)
  const kind = kindOf(agent)
  const inApp = (kind === 'iphone' || kind === 'ipad') && isInApp(agent)
  return { kind, inApp, safari: !inApp && SAFARI.test(agent) && !OTHERS.test(agent) }
}

function kindOf(agent: string): Device['kind'] {
  // Windows Phone said it was both of the others.
  if (/Windows Phone/.test(agent)) return 'desktop'
  if (/\b(?:iPhone|iPod)\b/.test(agent)) return 'iphone'
  if (/\biPad\b/.test(agent)) return 'ipad'
  if (/\b(?:Android|HarmonyOS|OpenHarmony)\b/.test(agent)) return 'android'
  // Only Safari hands cards to the Mac's Wallet; an iPad says it is a Mac.
  if (/\bMacintosh\b/.test(agent) && SAFARI.test(agent) && !OTHERS.test(agent)) return 'mac'
  return 'desktop'
}

/** Safari, and the real browsers beside it, end with `Safari/…`; the plain view that apps embed does not. */
function isInApp(agent: string): boolean {
  return APPS.test(agent) || (/AppleWebKit\//.test(agent) && !/Safari\//.test(agent))
}
