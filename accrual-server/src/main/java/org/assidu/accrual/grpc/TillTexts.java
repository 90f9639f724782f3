package org.assidu.accrual.grpc;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.assidu.accrual.directory.PersonalField;
import org.assidu.accrual.model.MemberStanding;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ReceiptStatus;
import org.assidu.accrual.text.ReceiptMessage;
import org.assidu.accrual.text.TillPerson;
import org.assidu.accrual.text.TillPrompts;
import org.assidu.proto.v1.ExpiringPoints;
import org.assidu.proto.v1.NextReward;
import org.assidu.proto.v1.Prompt;
import org.assidu.proto.v1.PurseText;
import org.assidu.proto.v1.ReceiptText;
import org.assidu.proto.v1.RewardMeasure;

/** Prompts and receipt texts in the words of the wire contract. */
final class TillTexts {
    private static final String FRENCH = "fr";
    private static final String ENGLISH = "en";

    private TillTexts() {}

    /** What is asked for, as one of the languages there are. */
    static String language(String asked) {
        return asked.startsWith(FRENCH) ? FRENCH : ENGLISH;
    }

    /** Prompts at a look-up. @param person what is known of the person; empty = nothing */
    static List<Prompt> prompts(MemberStanding standing, Map<PersonalField, String> person, String language) {
        return prompts(
                standing,
                TillPerson.of(person.get(PersonalField.BIRTH_DATE), person.get(PersonalField.EMAIL), standing.day()),
                language);
    }

    /** Prompts with an open receipt: what needs no personal data. */
    static List<Prompt> prompts(MemberStanding standing, String language) {
        return prompts(standing, TillPerson.UNASKED, language);
    }

    private static List<Prompt> prompts(MemberStanding standing, TillPerson person, String language) {
        return TillPrompts.choose(standing, person, language).stream()
                .map(prompt -> Prompt.newBuilder()
                        .setCode(prompt.code().name())
                        .setText(prompt.text())
                        .build())
                .toList();
    }

    /** Whether an outcome is that of a paid receipt which may earn. */
    static boolean hasReceiptText(OutcomeColumns outcome) {
        return outcome.status == ReceiptStatus.ACCRUED
                || outcome.status == ReceiptStatus.ALREADY_ACCRUED
                || outcome.status == ReceiptStatus.REWARD_UNFUNDED;
    }

    static ReceiptText receipt(OutcomeColumns outcome, MemberStanding standing, String language) {
        long pointsMicro = outcome.pointsMicro;
        long[] moneyMicro = new long[standing.money().size()];
        for (int purse = 0; purse < moneyMicro.length; purse++) {
            moneyMicro[purse] = credited(
                    outcome, standing.memberKey(), standing.money().get(purse).slot());
        }
        ReceiptText.Builder to = ReceiptText.newBuilder()
                .setLanguage(language)
                .addAllLines(ReceiptMessage.lines(pointsMicro, moneyMicro, standing, language))
                .setPointsMicro(pointsMicro)
                .setBalanceMicro(standing.balanceMicro());
        org.assidu.accrual.text.NextReward next = org.assidu.accrual.text.NextReward.of(standing);
        if (next != null) {
            to.setNextReward(NextReward.newBuilder()
                    .setRewardId(next.reward().id())
                    .setMissingUnits(next.progress().missingUnits())
                    .setReachesUnits(next.progress().reachesUnits())
                    .setMeasure(
                            switch (next.reward().measure()) {
                                case POINTS -> RewardMeasure.REWARD_MEASURE_POINTS;
                                case SPEND -> RewardMeasure.REWARD_MEASURE_SPEND;
                                case ARTICLES -> RewardMeasure.REWARD_MEASURE_ARTICLES;
                                case VISITS -> RewardMeasure.REWARD_MEASURE_VISITS;
                            }));
        }
        standing.expiring().forEach(expiring -> to.addExpiring(expiring(expiring)));
        ProgrammeDocument programme = standing.programme();
        for (int purse = 0; purse < moneyMicro.length; purse++) {
            MemberStanding.Money money = standing.money().get(purse);
            PurseText.Builder text = PurseText.newBuilder()
                    .setPurseId(money.purseId())
                    .setCurrency(programme == null ? "" : programme.currency())
                    .setCreditedMicro(moneyMicro[purse])
                    .setBalanceMicro(money.balanceMicro())
                    .setUsableMicro(money.usableMicro())
                    .setConvertibleMicro(money.convertibleMicro());
            money.expiring().forEach(expiring -> text.addExpiring(expiring(expiring)));
            to.addMoney(text);
        }
        return to.build();
    }

    private static ExpiringPoints expiring(MemberStanding.Expiring from) {
        LocalDate day = LocalDate.ofEpochDay(from.day());
        return ExpiringPoints.newBuilder()
                .setLastDay(day.getYear() * 10_000 + day.getMonthValue() * 100 + day.getDayOfMonth())
                .setPointsMicro(from.micro())
                .build();
    }

    /** What an outcome gave a member in a purse, net of what it took back; what was used is no part of it. */
    private static long credited(OutcomeColumns outcome, long member, int purse) {
        long micro = 0;
        for (int m = 0; m < outcome.movements; m++) {
            boolean counts =
                    outcome.movementKind[m] == MovementKind.EARNED || outcome.movementKind[m] == MovementKind.REVERSED;
            boolean own = outcome.movementMember[m] == member && outcome.movementPurse[m] == purse;
            micro += counts && own ? outcome.movementMicro[m] : 0;
        }
        return micro;
    }
}
