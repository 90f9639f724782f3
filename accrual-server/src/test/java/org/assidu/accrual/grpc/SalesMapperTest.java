package org.assidu.accrual.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.assidu.accrual.directory.DirectoryConfig;
import org.assidu.accrual.directory.Identifier;
import org.assidu.accrual.directory.MemberDirectory;
import org.assidu.accrual.directory.TokenKind;
import org.assidu.accrual.model.Channel;
import org.assidu.accrual.model.Ean13;
import org.assidu.accrual.model.MemberFact;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptPhase;
import org.assidu.accrual.model.TenderKind;
import org.assidu.accrual.pipeline.AnswerSink;
import org.assidu.accrual.pipeline.SalesItem;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.SaleLine;
import org.assidu.proto.v1.StreamSalesRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SalesMapperTest {
    private static final long CARD = Ean13.withCheckDigit(299_000_000_001L);

    private static final String WELL_FORMED = """
            identity { store: "S1" till: "3" series: 1 number: 4294967295 business_date: 20261122 }
            sold_at_millis: 1790000000000 utc_offset_minutes: -60 currency: "EUR" channel: CHANNEL_WEB cashier: "c7"
            lines { sku: "apple" quantity_thousandths: 1500 amount_minor: 300 discount_minor: 20 vat_rate_hundredths: 550
                    category: "food/fruit" brand: "é" promoted: true weighed: true }
            tenders { kind: TENDER_KIND_CASH amount_minor: 300 }
            used_rewards { reward_id: "ten-off" discount_minor: 30 }
            total_present: true total_minor: 300 line_count: 1
            """;

    /** What is merged into the well-formed receipt; $n is a text of n letters. Then the status, and how the detail starts. */
    private static final String MALFORMED = """
            identity { store: "" }                                   | MALFORMED_IDENTITY | identity.store: empty; send the store's code
            identity { store: "$65" }                                | MALFORMED_IDENTITY | identity.store: 65 bytes; send at most 64
            identity { store: "ééééééééééééééééééééééééééééééééé" }  | MALFORMED_IDENTITY | identity.store: 66 bytes; send at most 64
            identity { till: "" }                                    | MALFORMED_IDENTITY | identity.till: empty
            identity { till: "$33" }                                 | MALFORMED_IDENTITY | identity.till: 33 bytes; send at most 32
            identity { series: -1 }                                  | MALFORMED_IDENTITY | identity.series: -1; send 0 to 65535
            identity { series: 65536 }                               | MALFORMED_IDENTITY | identity.series: 65536; send 0 to 65535
            identity { number: 4294967296 }                          | MALFORMED_IDENTITY | identity.number: 4294967296; send 0 to 4294967295
            identity { number: -1 }                                  | MALFORMED_IDENTITY | identity.number: -1
            identity { business_date: 20261322 }                     | MALFORMED_IDENTITY | identity.business_date: 20261322; send a date as yyyymmdd
            phase: 9                                                 | MALFORMED_IDENTITY | phase: 9; send
            phase: RECEIPT_PHASE_OPEN                                | MALFORMED_IDENTITY | chunk: 0; send 1 to 10000 with phase OPEN
            chunk: 2                                                 | MALFORMED_IDENTITY | chunk: 2; send 0 with a whole receipt
            sold_at_millis: 0                                        | MALFORMED_IDENTITY | sold_at_millis: 0; send the till's clock
            utc_offset_minutes: 1081                                 | MALFORMED_IDENTITY | utc_offset_minutes: 1081; send -1080 to 1080
            channel: 77                                              | MALFORMED_IDENTITY | channel: 77; send 0 to 5
            cashier: "$33"                                           | MALFORMED_IDENTITY | cashier: 33 bytes; send at most 32
            currency: "EU"                                           | CURRENCY_NOT_ACCEPTED | currency: none of ISO 4217; send a code
            currency: "ZZQ"                                          | CURRENCY_NOT_ACCEPTED | currency: none of ISO 4217; send a code
            lines { quantity_thousandths: 1 }                        | MALFORMED_LINE | line 2, sku: empty
            lines { sku: "$65" quantity_thousandths: 1 }             | MALFORMED_LINE | line 2, sku: 65 bytes; send at most 64
            lines { sku: "a" category: "$65" quantity_thousandths: 1}| MALFORMED_LINE | line 2, category: 65 bytes
            lines { sku: "a" brand: "$2000" quantity_thousandths: 1 }| MALFORMED_LINE | line 2, brand: 2000 bytes
            lines { sku: "a" }                                       | MALFORMED_LINE | line 2, quantity_thousandths: 0; send 1 to
            lines { sku: "a" quantity_thousandths: 1000000000001 }   | MALFORMED_LINE | line 2, quantity_thousandths: 1000000000001
            lines { sku: "a" quantity_thousandths: -1 amount_minor: 1 } | MALFORMED_LINE | line 2, amount_minor: 1 with quantity_thousandths -1; send 0 or less
            lines { sku: "a" quantity_thousandths: 1 discount_minor: -1 } | MALFORMED_LINE | line 2, discount_minor: -1; send 0 or more
            lines { sku: "a" quantity_thousandths: 1 vat_rate_hundredths: 10001 } | MALFORMED_LINE | line 2, vat_rate_hundredths: 10001
            lines { sku: "a" quantity_thousandths: 1 amount_minor: 1000000000001 } | AMOUNT_OUT_OF_RANGE | line 2, amount_minor: 1000000000001; send at most
            lines { sku: "a" quantity_thousandths: 1 discount_minor: 1000000000001 } | AMOUNT_OUT_OF_RANGE | line 2, discount_minor: 1000000000001; send at most
            lines { sku: "a" quantity_thousandths: 1 original { line: 1 } } | MALFORMED_LINE | line 2, original: on a sale line
            lines { sku: "a" quantity_thousandths: -1 original { line: 1 } } | MALFORMED_LINE | line 2, original.receipt.store: empty
            lines { sku: "a" quantity_thousandths: -1 original { receipt { store: "S" till: "$33" } line: 1 } } | MALFORMED_LINE | line 2, original.receipt.till: 33 bytes
            lines { sku: "a" quantity_thousandths: -1 original { receipt { store: "S" till: "1" } } } | MALFORMED_LINE | line 2, original.line: 0; send
            line_count: -1                                           | MALFORMED_TOTAL | line_count: -1
            tenders { kind: 99 }                                     | MALFORMED_LINE | tenders[2].kind: 99; send 0 to 8
            tenders { amount_minor: -1000000000001 }                 | AMOUNT_OUT_OF_RANGE | tenders[2].amount_minor: -1000000000001
            used_rewards { }                                         | MALFORMED_LINE | used_rewards[2].reward_id: empty
            used_rewards { reward_id: "$65" }                        | MALFORMED_LINE | used_rewards[2].reward_id: 65 bytes; send at most 64
            used_rewards { reward_id: "r" count: -1 }                | MALFORMED_LINE | used_rewards[2].count: -1; send 0 to 1000
            phase: RECEIPT_PHASE_OPEN chunk: 1                       | MALFORMED_LINE | used_rewards: 1 with phase OPEN; send them with the closing chunk
            phase: RECEIPT_PHASE_VOID                                | MALFORMED_LINE | lines: 1; send none with phase VOID
            member { card: 2990000000010 }                           | MALFORMED_IDENTIFIER | member.card: not an EAN-13
            member { card: 0 }                                       | MALFORMED_IDENTIFIER | member.card: not an EAN-13
            member { card: 99999999999999 }                          | MALFORMED_IDENTIFIER | member.card: not an EAN-13
            member { phone: "0612345678" }                           | MALFORMED_IDENTIFIER | member.phone: not a phone number in E.164 form
            member { email: "nobody" }                               | MALFORMED_IDENTIFIER | member.email: not an e-mail address
            member { qr_token: "" }                                  | MALFORMED_IDENTIFIER | member.qr_token: not 1 to 128 bytes
            """;

    @TempDir
    Path folder;

    private MemberDirectory directory;
    private SalesMapper mapper;

    @BeforeEach
    void open() {
        directory = MemberDirectory.open(DirectoryConfig.at(folder));
        mapper = new SalesMapper(new MemberMapper(directory));
    }

    @AfterEach
    void close() {
        directory.close();
    }

    @Test
    void everyMalformedFieldIsNamedWithWhatToSend() throws Exception {
        SoftAssertions softly = new SoftAssertions();
        for (String row : MALFORMED.lines().toList()) {
            String[] cells = row.split("\\|", 3);
            SalesItem item = mapped(receipt(cells[0].strip()));
            softly.assertThat(item.refused(0)).as(row).isTrue();
            softly.assertThat(item.outcome(0).status.name()).as(row).isEqualTo(cells[1].strip());
            softly.assertThat(item.refusal(0)).as(row).startsWith(cells[2].strip());
        }
        softly.assertAll();
    }

    @Test
    void everyFieldArrives() throws Exception {
        Receipt from = receipt("""
                lines { sku: "pear" quantity_thousandths: -1000 amount_minor: -100 gift_card_sale: true
                        original { receipt { store: "S2" till: "4" series: 2 number: 9 business_date: 20261121 } line: 3 } }
                historical: true
                """);
        SalesItem item = mapped(from);

        assertThat(item.refused(0)).as(item.refusal(0)).isFalse();
        ReceiptColumns to = item.receipt(0);
        assertThat(to.string(to.store) + "/" + to.string(to.till) + "/" + to.series + "/" + to.number)
                .isEqualTo("S1/3/1/4294967295");
        assertThat(to.businessDate).isEqualTo(20261122);
        assertThat(to.soldAtMillis).isEqualTo(1_790_000_000_000L);
        assertThat(to.utcOffsetMinutes).isEqualTo(-60);
        assertThat(ReceiptColumns.currencyCode(to.currency)).isEqualTo("EUR");
        assertThat(to.channel).isEqualTo(Channel.WEB);
        assertThat(to.string(to.cashier)).isEqualTo("c7");
        assertThat(to.phase).isEqualTo(ReceiptPhase.WHOLE);
        assertThat(to.historical).isTrue();
        assertThat(to.memberFact).isEqualTo(MemberFact.ANONYMOUS);
        assertThat(to.totalPresent).isTrue();
        assertThat(to.declaredTotalMinor).isEqualTo(300);
        assertThat(to.declaredLines).isEqualTo(1);

        assertThat(to.lines).isEqualTo(2);
        assertThat(to.string(to.sku[0]) + "," + to.string(to.category[0]) + "," + to.string(to.brand[0]))
                .isEqualTo("apple,food/fruit,é");
        assertThat(new long[] {
                    to.quantityThousandths[0], to.amountMinor[0], to.discountMinor[0], to.vatRateHundredths[0]
                })
                .containsExactly(1500, 300, 20, 550);
        assertThat(to.promoted(0) && to.weighed(0) && !to.giftCardSale(0)).isTrue();
        assertThat(!to.promoted(1) && !to.weighed(1) && to.giftCardSale(1)).isTrue();
        assertThat(to.originalOfLine[0]).isEqualTo(ReceiptColumns.NO_ORIGINAL);
        assertThat(to.originalOfLine[1]).isZero();
        assertThat(to.string(to.originalStore[0]) + "/" + to.string(to.originalTill[0]) + "/" + to.originalSeries[0]
                        + "/" + to.originalNumber[0] + "/" + to.originalBusinessDate[0] + "/" + to.originalLine[0])
                .isEqualTo("S2/4/2/9/20261121/2");

        assertThat(to.tenders).isEqualTo(1);
        assertThat(to.tenderKind[0]).isEqualTo(TenderKind.CASH);
        assertThat(to.tenderMinor[0]).isEqualTo(300);
        assertThat(to.usedRewards).isEqualTo(1);
        assertThat(to.string(to.usedReward[0]) + "," + to.usedRewardCount[0] + "," + to.usedRewardDiscountMinor[0])
                .isEqualTo("ten-off,1,30");
    }

    @Test
    void aWholeReceiptHasAtLeastOneLineAndAtMostFiveThousand() throws Exception {
        Receipt base = receipt("").toBuilder().clearLines().build();
        SaleLine line = receipt("").getLines(0);
        List<SaleLine> lines = new ArrayList<>();

        assertThat(mapped(base).refusal(0)).isEqualTo("lines: none; send at least one with a whole receipt");
        while (lines.size() < 5_000) {
            lines.add(line);
        }
        Receipt largest = base.toBuilder().addAllLines(lines).build();
        assertThat(mapped(largest).refused(0)).isFalse();
        assertThat(mapped(largest).receipt(0).lines).isEqualTo(5_000);
        assertThat(mapped(largest.toBuilder().addLines(line).build()).refusal(0))
                .isEqualTo("lines: 5001; send at most 5000, or the receipt in chunks");
    }

    @Test
    void aNegativeAmountOnASaleLineIsACorrection() throws Exception {
        assertThat(mapped(receipt("lines { sku: \"adjust\" quantity_thousandths: 1000 amount_minor: -500 }"))
                        .refused(0))
                .isFalse();
    }

    @Test
    void knownIdentifiersAreFoundAndBlockedOnesSaySo() throws Exception {
        long member = directory.enrol(List.of(
                Identifier.card(CARD),
                Identifier.token(TokenKind.PHONE, "+33612345678"),
                Identifier.token(TokenKind.EMAIL, "a@example.org")));

        assertMember(receipt("member { card: " + CARD + " }"), member, MemberFact.KNOWN);
        assertMember(receipt("member { phone: \"+33 6 12 34 56 78\" }"), member, MemberFact.KNOWN);
        assertMember(receipt("member { email: \"A@Example.org\" }"), member, MemberFact.KNOWN);
        assertMember(receipt("member { qr_token: \"unseen\" }"), 0, MemberFact.UNKNOWN);
        assertMember(receipt("member { member_key: " + member + " }"), member, MemberFact.KNOWN);
        assertMember(receipt("member { member_key: 5 }"), 0, MemberFact.UNKNOWN);
        directory.blockCard(CARD);
        assertMember(receipt("member { card: " + CARD + " }"), member, MemberFact.BLOCKED);
    }

    @Test
    void mappingARepeatedlyUsedItemLeavesNothingOfTheReceiptBefore() throws Exception {
        SalesItem item = item();
        map(receipt("member { card: 1 }"), item);
        assertThat(item.refused(0)).isTrue();
        item.clear();
        map(receipt(""), item);

        assertThat(item.refused(0)).isFalse();
        assertThat(item.refusal(0)).isEmpty();
        assertThat(item.receipt(0).lines).isEqualTo(1);
        assertThat(item.receipt(0).tenders).isEqualTo(1);
    }

    private void assertMember(Receipt receipt, long member, MemberFact fact) {
        SalesItem item = mapped(receipt);
        assertThat(item.refused(0)).as(item.refusal(0)).isFalse();
        assertThat(item.receipt(0).memberKey).isEqualTo(member);
        assertThat(item.receipt(0).memberFact).isEqualTo(fact);
    }

    private SalesItem mapped(Receipt receipt) {
        SalesItem item = item();
        map(receipt, item);
        return item;
    }

    private void map(Receipt receipt, SalesItem item) {
        mapper.map(StreamSalesRequest.newBuilder().addReceipts(receipt).build().toByteArray(), item);
    }

    private static Receipt receipt(String merged) throws TextFormat.ParseException {
        Receipt.Builder receipt = Receipt.newBuilder();
        TextFormat.merge(WELL_FORMED, receipt);
        String expanded = merged;
        int at = expanded.indexOf('$');
        if (at >= 0) {
            int end = expanded.indexOf('"', at);
            int letters = Integer.parseInt(expanded.substring(at + 1, end));
            expanded = expanded.substring(0, at) + "x".repeat(letters) + expanded.substring(end);
        }
        TextFormat.merge(expanded, receipt);
        return receipt.build();
    }

    private static SalesItem item() {
        return new SalesItem(new AnswerSink() {
            @Override
            public void answered(SalesItem item) {}

            @Override
            public void flush() {}

            @Override
            public void abandoned(SalesItem item, Throwable cause) {}
        });
    }
}
