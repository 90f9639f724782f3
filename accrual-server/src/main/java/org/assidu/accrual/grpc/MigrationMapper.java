package org.assidu.accrual.grpc;

import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.directory.Identifier;
import org.assidu.accrual.model.MemberEnrolment;
import org.assidu.accrual.model.OpeningLot;
import org.assidu.accrual.pipeline.MigratingMember;
import org.assidu.accrual.pipeline.MigrationDesk;
import org.assidu.proto.v1.ImportMembersResponse;
import org.assidu.proto.v1.ImportedLot;
import org.assidu.proto.v1.ImportedMember;
import org.assidu.proto.v1.ImportedResult;
import org.assidu.proto.v1.MigratedAmount;

/** Migrated members on the wire. */
final class MigrationMapper {
    private static final int MAX_IDENTIFIERS = 10;
    private static final int MAX_CONSENTS = 20;
    private static final int MAX_LOTS = 500;
    private static final int MAX_TEXT_BYTES = 64;

    private MigrationMapper() {}

    /** @throws io.grpc.StatusRuntimeException when a field is not well formed */
    static MigratingMember member(ImportedMember from) {
        between(from.getIdentifiersCount(), 1, MAX_IDENTIFIERS, "identifiers");
        between(from.getConsentsCount(), 0, MAX_CONSENTS, "consents");
        between(from.getLotsCount(), 0, MAX_LOTS, "lots");
        if (from.getEnrolledAtMillis() < 0) {
            throw GrpcErrors.invalidArgument("enrolled_at_millis", from.getEnrolledAtMillis() + "; send 0 for now");
        }
        List<Identifier> identifiers = new ArrayList<>();
        for (int i = 0; i < from.getIdentifiersCount(); i++) {
            String field = "identifiers[" + i + "]";
            identifiers.add(KnownMembers.required(MemberMapper.identifier(from.getIdentifiers(i), field), field));
        }
        List<MemberEnrolment.Consent> consents = new ArrayList<>();
        for (int c = 0; c < from.getConsentsCount(); c++) {
            consents.add(MemberGrpcService.consent(from.getConsents(c), "consents[" + c + "]."));
        }
        List<OpeningLot> lots = new ArrayList<>();
        for (int l = 0; l < from.getLotsCount(); l++) {
            lots.add(lot(from.getLots(l), "lots[" + l + "].", from.getEnrolledAtMillis() != 0));
        }
        return new MigratingMember(
                AdjustmentCalls.id(from.getExternalId(), "external_id"),
                identifiers,
                from.getEnrolledAtMillis(),
                MemberGrpcService.channel(from.getChannelValue(), "channel"),
                from.getStore().isEmpty() ? null : Authors.text(from.getStore(), "store", MAX_TEXT_BYTES),
                Authors.text(from.getTermsVersion(), "terms_version", MAX_TEXT_BYTES),
                consents,
                Authors.text(from.getTierId(), "tier_id", MAX_TEXT_BYTES),
                WireDays.epochDay(from.getTierReviewDay(), 0, "tier_review_day"),
                lots);
    }

    private static OpeningLot lot(ImportedLot from, String field, boolean enrolmentKnown) {
        if (from.getAmountMicro() <= 0) {
            throw GrpcErrors.invalidArgument(
                    field + "amount_micro",
                    from.getAmountMicro() + "; send more than 0: what a member owes is adjusted by hand afterwards");
        }
        if (from.getEarnedDay() == 0 && !enrolmentKnown) {
            throw GrpcErrors.invalidArgument(
                    field + "earned_day", "missing, and so is enrolled_at_millis: a lot's age decides when it ends");
        }
        if (from.getPurseId().indexOf(' ') >= 0) {
            throw GrpcErrors.invalidArgument(field + "purse_id", "has a blank; send the id of the programme");
        }
        return new OpeningLot(
                Authors.text(from.getPurseId(), field + "purse_id", MAX_TEXT_BYTES),
                from.getAmountMicro(),
                WireDays.epochDay(from.getEarnedDay(), OpeningLot.AT_ENROLMENT, field + "earned_day"),
                WireDays.epochDay(from.getLastDay(), OpeningLot.BY_PURSE, field + "last_day"));
    }

    private static void between(int count, int least, int most, String field) {
        if (count < least || count > most) {
            throw GrpcErrors.invalidArgument(field, count + "; send " + least + " to " + most);
        }
    }

    static ImportedResult result(MigrationDesk.Migrated from) {
        ImportedResult.Builder to = ImportedResult.newBuilder()
                .setExternalId(from.externalId())
                .setStatus(RewardAnswers.status(from.status()))
                .setMemberKey(from.memberKey())
                .setDetail(from.problem());
        from.migratedMicro()
                .forEach((purse, micro) -> to.addMigrated(
                        MigratedAmount.newBuilder().setPurseId(purse).setMicro(micro)));
        return to.build();
    }

    static ImportMembersResponse response(List<ImportedResult> results, long position) {
        return ImportMembersResponse.newBuilder()
                .addAllResults(results)
                .setPosition(position)
                .build();
    }
}
