package org.assidu.accrual.cli;

import org.assidu.proto.v1.ReceiptIdentity;
import picocli.CommandLine.Option;

/** Names a receipt. */
final class ReceiptOption {
    @Option(names = "--store", required = true, description = "Store code.")
    private String store = "";

    @Option(names = "--till", required = true, description = "Till code.")
    private String till = "";

    @Option(names = "--series", defaultValue = "0", description = "Series of the till (default: ${DEFAULT-VALUE}).")
    private int series;

    @Option(names = "--number", required = true, description = "Receipt number.")
    private long number;

    @Option(
            names = "--business-date",
            paramLabel = "YYYYMMDD",
            defaultValue = "0",
            description = "Business date, for programmes numbered DAILY.")
    private int businessDate;

    ReceiptIdentity identity() {
        return ReceiptIdentity.newBuilder()
                .setStore(store)
                .setTill(till)
                .setSeries(series)
                .setNumber(number)
                .setBusinessDate(businessDate)
                .build();
    }
}
