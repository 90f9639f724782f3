package org.assidu.accrual.engine;

/**
 * A voucher or gift card.
 *
 * @param leftMinor minor units left on it
 * @param issuedMinor minor units that it was issued with
 * @param endsAtMillis {@link Long#MAX_VALUE} = never
 */
public record CodeView(long leftMinor, long issuedMinor, long endsAtMillis) {}
