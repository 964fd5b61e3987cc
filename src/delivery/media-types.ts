/** developer.apple.com/documentation/walletpasses/distributing-and-updating-a-pass; phones go by these, not by names. */
export const PASS_TYPE = 'application/vnd.apple.pkpass'
export const BUNDLE_TYPE = 'application/vnd.apple.pkpasses'
