import { deviceId, pushToken } from '../bench.js'
import { type ConformanceRule, expectStatus, RuleBroken } from '../rule.js'

const SCHEMES = ['AttidoPass', 'WalletUnionPass', 'WalletUnionHMSPass', 'AndroidPass']

/** What the readers of Apple's passes on Android send. */
export const ANDROID_RULES: readonly ConformanceRule[] = [
  {
    id: 'android.attido',
    level: 'optional',
    title: 'PassWallet registers at a path of its own, with the address of its push service',
    protocol:
      'POST …/registrations_attido/PASS TYPE/SERIAL with “Authorization: AttidoPass TOKEN” and {"pushToken": "…", "pushServiceUrl": "…"} is answered as a registration of Apple’s is.',
    phone: 'PassWallet on Android is never told of changes.',
    source: 'Kwiket/passwallet, README',
    async run(bench) {
      const [device, kind] = [deviceId(), 'registrations_attido']
      const body = JSON.stringify({ pushToken: pushToken(), pushServiceUrl: 'https://push.invalid/tessera' })
      const auth = { scheme: 'AttidoPass' }
      const reply = await bench.register(bench.card, device, { kind, body, auth })
      expectStatus(reply, [201, 200], { what: 'A registration of PassWallet' })
      const end = await bench.unregister(bench.card, device, { kind, auth })
      expectStatus(end, [200, 204], { what: 'Its unregistration' })
      return undefined
    },
  },
  {
    id: 'android.schemes',
    level: 'optional',
    title: 'The words of Android readers before the token are taken',
    protocol: `Some readers use Apple’s paths and write a word of their own before the token: ${SCHEMES.join(', ')}.`,
    phone: 'These readers on Android and Huawei phones can neither register nor fetch the card.',
    source: 'walletunion.com/developer; walletpasses.io/developer; Kwiket/passwallet, README',
    async run(bench) {
      const refused: string[] = []
      for (const scheme of SCHEMES) {
        const registered = await bench.register(bench.card, deviceId(), { auth: { scheme } })
        const pass = await bench.pass(bench.card, { auth: { scheme } })
        if (registered.status > 299 || pass.status !== 200) refused.push(scheme)
        const open = await bench.pass(bench.card, { auth: { scheme, token: pushToken() } })
        if (open.status < 400)
          throw new RuleBroken(`With ${scheme} and a made-up token the pass was answered ${open.status}.`)
      }
      if (refused.length > 0) throw new RuleBroken(`Not accepted: ${refused.join(', ')}.`)
      return undefined
    },
  },
]
