package org.assidu.accrual.load;

import java.util.List;
import org.assidu.proto.v1.Channel;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.ReceiptIdentity;
import org.assidu.proto.v1.SaleLine;
import org.assidu.proto.v1.Tender;
import org.jspecify.annotations.Nullable;

/**
 * One CSV row as values: its receipt's header fields and its line.
 *
 * @param soldAtMillis epoch milliseconds
 * @param member null for an anonymous sale
 * @param tenders of the whole receipt; empty when this row names none
 * @param productName null when the file has none
 */
record MappedRow(
        ReceiptIdentity receipt,
        long soldAtMillis,
        int utcOffsetMinutes,
        String currency,
        Channel channel,
        String cashier,
        @Nullable Identifier member,
        SaleLine line,
        List<Tender> tenders,
        @Nullable String productName) {}
