package org.assidu.accrual.load;

import org.assidu.accrual.model.ProductEntry;
import org.assidu.accrual.model.StoreEntry;
import org.assidu.proto.v1.Channel;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.OriginalLine;
import org.assidu.proto.v1.Product;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.ReceiptIdentity;
import org.assidu.proto.v1.ReceiptPhase;
import org.assidu.proto.v1.SaleLine;
import org.assidu.proto.v1.Store;
import org.assidu.proto.v1.Tender;
import org.assidu.proto.v1.TenderKind;
import org.jspecify.annotations.Nullable;

/** A synthetic chain in the messages of the contract. */
public final class SyntheticMapper {
    private SyntheticMapper() {}

    /** The receipt as a gateway sends it, as old books. */
    public static Receipt receipt(SyntheticReceipt from) {
        Receipt.Builder receipt = Receipt.newBuilder()
                .setIdentity(ReceiptIdentity.newBuilder()
                        .setStore(from.store())
                        .setTill(from.till())
                        .setSeries(from.series())
                        .setNumber(from.number())
                        .setBusinessDate(from.businessDate()))
                .setSoldAtMillis(from.soldAtMillis())
                .setUtcOffsetMinutes(from.utcOffsetMinutes())
                .setCurrency(from.currency())
                .setChannel(Channel.forNumber(from.channel().code()))
                .setCashier(from.cashier())
                .setPhase(ReceiptPhase.RECEIPT_PHASE_WHOLE)
                .setTotalMinor(from.totalMinor())
                .setTotalPresent(true)
                .setHistorical(true);
        if (from.card() != 0) {
            receipt.setMember(Identifier.newBuilder().setCard(from.card()));
        }
        from.lines().forEach(line -> receipt.addLines(line(line)));
        from.tenders()
                .forEach(tender -> receipt.addTenders(Tender.newBuilder()
                        .setKind(TenderKind.forNumber(tender.kind().code()))
                        .setAmountMinor(tender.amountMinor())));
        return receipt.build();
    }

    private static SaleLine line(SyntheticReceipt.Line from) {
        SaleLine.Builder line = SaleLine.newBuilder()
                .setSku(from.sku())
                .setQuantityThousandths(from.quantityThousandths())
                .setAmountMinor(from.amountMinor())
                .setDiscountMinor(from.discountMinor())
                .setVatRateHundredths(from.vatRateHundredths())
                .setCategory(from.category())
                .setBrand(from.brand())
                .setPromoted(from.promoted())
                .setWeighed(from.weighed())
                .setGiftCardSale(from.giftCardSale());
        SyntheticReceipt.Original original = from.original();
        if (original != null) {
            line.setOriginal(OriginalLine.newBuilder()
                    .setLine(original.line())
                    .setReceipt(ReceiptIdentity.newBuilder()
                            .setStore(original.store())
                            .setTill(original.till())
                            .setSeries(original.series())
                            .setNumber(original.number())
                            .setBusinessDate(original.businessDate())));
        }
        return line.build();
    }

    public static Product product(ProductEntry from) {
        Product.Builder product = Product.newBuilder()
                .setSku(from.sku())
                .setName(from.name())
                .setCategoryPath(text(from.categoryPath()))
                .setBrand(text(from.brand()))
                .setCurrency(text(from.currency()))
                .setValidFrom(from.validFrom())
                .setValidTo(from.validTo());
        Long cost = from.unitCostMinor();
        return cost == null
                ? product.build()
                : product.setUnitCostMinor(cost).setUnitCostPresent(true).build();
    }

    public static Store store(StoreEntry from) {
        return Store.newBuilder()
                .setStore(from.store())
                .setName(text(from.name()))
                .setBanner(text(from.banner()))
                .setLegalEntity(text(from.legalEntity()))
                .setCountry(text(from.country()))
                .build();
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
