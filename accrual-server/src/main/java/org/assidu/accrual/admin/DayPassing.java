package org.assidu.accrual.admin;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.concurrent.CompletableFuture;
import org.assidu.accrual.grpc.GrpcErrors;
import org.assidu.accrual.model.PurseBooks;
import org.assidu.accrual.pipeline.PassedTime;
import org.assidu.accrual.pipeline.Pipeline;
import org.assidu.proto.v1.PassDaysRequest;

/** Days that an operator lets pass, and books, between wire and pipeline. */
final class DayPassing {
    private DayPassing() {}

    static CompletableFuture<PassedTime> until(Pipeline pipeline, PassDaysRequest request) {
        int written = request.getUntilDay();
        LocalDate day;
        try {
            day = LocalDate.of(written / 10_000, written / 100 % 100, written % 100);
        } catch (DateTimeException noDate) {
            return CompletableFuture.failedFuture(
                    GrpcErrors.invalidArgument("until_day", written + " is no date; send yyyymmdd such as 20260131"));
        }
        return pipeline.today().thenCompose(today -> {
            if (today == 0) {
                return CompletableFuture.failedFuture(GrpcErrors.failedPrecondition(
                        "TIME_CHANGES_NOTHING",
                        "no published programme has a validity, pending points or anything else that time changes"));
            }
            if (day.toEpochDay() > today && !request.getBeyondToday()) {
                return CompletableFuture.failedFuture(GrpcErrors.invalidArgument(
                        "until_day",
                        day + " has not come yet, it is " + LocalDate.ofEpochDay(today)
                                + ", and no day can be taken back; set beyond_today where that is meant"));
            }
            return pipeline.passUntil(Math.toIntExact(day.toEpochDay()));
        });
    }

    static org.assidu.proto.v1.PurseBooks books(PurseBooks from) {
        return org.assidu.proto.v1.PurseBooks.newBuilder()
                .setPurseId(from.purseId())
                .setIssuedMicro(from.issued())
                .setAdjustedMicro(from.adjusted())
                .setMigratedMicro(from.migrated())
                .setRestoredMicro(from.restored())
                .setForgivenMicro(from.forgiven())
                .setSpentMicro(from.spent())
                .setExpiredMicro(from.expired())
                .setReversedMicro(from.reversed())
                .setTransferredMicro(from.transferred())
                .setOutstandingMicro(from.outstanding())
                .setBalanced(from.balanced())
                .build();
    }
}
