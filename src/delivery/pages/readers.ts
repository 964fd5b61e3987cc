/**
 * Apps on Google Play that open .pkpass files and register for updates with the web service. PassWallet's id stands in
 * its maker's README (github.com/Kwiket/passwallet), the others in what several issuers of passes link to.
 */
export const READERS: readonly { readonly name: string; readonly id: string }[] = [
  { name: 'WalletPasses', id: 'io.walletpasses.android' },
  { name: 'Pass2U Wallet', id: 'com.passesalliance.wallet' },
  { name: 'PassWallet', id: 'com.attidomobile.passwallet' },
]

export function storeAddress(id: string): string {
  return `https://play.google.com/store/apps/details?id=${id}`
}
