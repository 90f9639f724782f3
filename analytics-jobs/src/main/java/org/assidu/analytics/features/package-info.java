/**
 * What every report counts from, made once a run by Spark aggregation in whole numbers: lines to receipts, receipts to
 * customer-days, customer-days to members. Nothing above this package reads a sale line except for products.
 *
 * <pre>
 * sale_lines ─► ReceiptFacts ─► CustomerDays ─► MemberHistory
 *      └──────► ProductFacts
 * </pre>
 */
@NullMarked
package org.assidu.analytics.features;

import org.jspecify.annotations.NullMarked;
