package org.assidu.accrual.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Random programmes and histories: the engine says and does what the reference ledger does, after every step. */
class AgreementTest {
    private static final int HISTORIES = Integer.getInteger("histories", 10_000);

    /** Without these the histories would say little. */
    private static final List<String> EXPECTED = Stream.of(
                    "movement: EARNED REVERSED SPENT FORGIVEN ADJUSTED EXPIRED RESTORED TRANSFERRED MIGRATED",
                    "line: EARNED NOT_ELIGIBLE RETURNED RETURNED_AT_CURRENT_RATE ORIGINAL_NOT_FOUND RETURN_EXCEEDS_SALE",
                    "event: WELCOME FIRST_PURCHASE THRESHOLD_REACHED REWARD_AVAILABLE AWARD_LIMITED BUDGET_NEARLY_USED"
                            + " TAGGED NTH_VISIT HAPPY_HOUR_USED TIER_REACHED TIER_AT_RISK CLUB_JOINED CLUB_REFUSED"
                            + " SURVEY_ANSWERED REFERRAL_INVITED REFERRAL_COMPLETED",
                    "by time: POINTS_EXPIRED POINTS_EXPIRING TIER_LOST TIER_AT_RISK CLUB_ENDED CLUB_ENDING"
                            + " BIRTHDAY DORMANT REVIEW_ASKED ENROLMENT_UNFINISHED CAMPAIGN REWARD_EXPIRING",
                    "done: CLAIM MERGE JOIN_HOUSEHOLD LEAVE_HOUSEHOLD MIGRATE CHANGE_CARD ISSUE_CODE REDEEM_CODE"
                            + " REFUND_CODE USE_PROMO_CODE RESERVE COMMIT CANCEL END_RESERVATION CONVERT",
                    "status: ACCRUED PROVISIONAL ALREADY_ACCRUED VOIDED SOLD_TOO_LONG_AGO MEMBER_UNKNOWN CARD_BLOCKED"
                            + " REWARD_UNFUNDED NO_PROGRAMME RECEIPT_CONFLICT CHUNK_GAP MALFORMED_LINE MALFORMED_TOTAL"
                            + " CURRENCY_NOT_ACCEPTED SOLD_IN_THE_FUTURE DONE ALREADY_DONE LIMIT_EXCEEDED"
                            + " APPROVAL_REQUIRED INSUFFICIENT_POINTS OUT_OF_STOCK RESERVATION_ENDED CODE_USED_UP")
            .flatMap(row -> Stream.of(row.substring(row.indexOf(": ") + 2).split(" "))
                    .map(kind -> row.substring(0, row.indexOf(':')) + " " + kind))
            .toList();

    private static List<Step> history(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return RandomHistory.of(random, RandomDraft.first(random));
    }

    @Test
    void engineAndReferenceAgreeOnRandomHistories() {
        long seed = Long.getLong("seed", 20261122L);
        System.out.println("seed " + seed + ", " + HISTORIES + " histories");
        List<Long> differing = LongStream.range(seed, seed + HISTORIES)
                .parallel()
                .filter(one -> Agreement.differenceOf(one, history(one)) != null)
                .limit(Integer.getInteger("differences", 3))
                .boxed()
                .toList();
        Agreement.SEEN.forEach((what, times) -> System.out.println(times + " " + what));
        for (long one : differing) {
            System.out.println(Shrinking.report(one, history(one)));
        }
        if (HISTORIES >= 10_000) {
            assertThat(Agreement.SEEN.keySet()).as("what must come up").containsAll(EXPECTED);
        }
        assertThat(differing)
                .as("seeds of histories on which they differ, printed above")
                .isEmpty();
    }
}
