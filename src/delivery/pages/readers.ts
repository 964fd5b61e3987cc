/**
 * Apps on Google Play that open .pkpass files and register for updates with the web service. Names and ids are those
 * that the makers' own pages link to: walletpasses.io, pass2u.net, github.com/Kwiket/passwallet.
 */
export const READERS: readonly { readonly name: string; readonly id: string }[] = [
  { name: 'WalletPasses', id: 'io.walletpasses.android' },
  { name: 'Pass2U Wallet', id: 'com.passesalliance.wallet' },
  { name: 'PassWallet', id: 'com.attidomobile.passwallet' },
]

export function storeAddress(id: string): string {
  return `https://play.google.com/store/apps/details?id=${id}`
}
