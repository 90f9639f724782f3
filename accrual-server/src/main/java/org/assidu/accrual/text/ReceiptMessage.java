package org.assidu.accrual.text;

import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.Mechanics.ShopReward;
import org.assidu.accrual.model.MemberStanding;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammeDocument.ThresholdReward;

/** What a printed or mailed receipt tells a member, as lines of at most {@link #COLUMNS} characters. */
public final class ReceiptMessage {
    /** Columns of a narrow receipt printer. */
    public static final int COLUMNS = 40;

    /** What never begins a line. */
    private static final String SIGNS = ":;!?%×";

    private ReceiptMessage() {}

    /** As below, of a receipt that moves no money purse. */
    public static List<String> lines(long pointsMicro, MemberStanding standing, String language) {
        return lines(pointsMicro, new long[standing.money().size()], standing, language);
    }

    /**
     * @param pointsMicro what the receipt credited, net of what its returns took
     * @param moneyMicro the same of each money purse of the standing, in its order
     * @param standing of its member once it is recorded
     * @param language {@code en} or {@code fr}; anything else reads as English
     */
    public static List<String> lines(long pointsMicro, long[] moneyMicro, MemberStanding standing, String language) {
        TillWords words = new TillWords(language);
        List<String> lines = new ArrayList<>();
        ProgrammeDocument programme = standing.programme();
        if (programme != null) {
            wrap(words.programme(programme), lines);
        }
        wrap(pointsMicro < 0 ? words.takenBack(pointsMicro) : words.earned(pointsMicro), lines);
        wrap(words.balance(standing.balanceMicro()), lines);
        if (programme != null) {
            MoneyLines money = new MoneyLines(programme, language);
            for (int purse = 0; purse < moneyMicro.length; purse++) {
                money.receipt(standing.money().get(purse), moneyMicro[purse]).forEach(line -> wrap(line, lines));
            }
            for (MemberStanding.Usable usable : standing.usable()) {
                for (ThresholdReward reward : programme.thresholdRewards()) {
                    if (reward.id().equals(usable.rewardId())) {
                        wrap(words.usable(reward, programme, usable.count()), lines);
                    }
                }
                for (ShopReward reward : programme.mechanics().shop()) {
                    if (reward.id().equals(usable.rewardId())) {
                        wrap(words.usable(reward, usable.count()), lines);
                    }
                }
            }
            NextReward next = NextReward.of(standing);
            if (next != null) {
                wrap(words.toGo(next, programme), lines);
            }
        }
        if (!standing.expiring().isEmpty()) {
            MemberStanding.Expiring soonest = standing.expiring().get(0);
            wrap(words.expiring(soonest.micro(), soonest.day()), lines);
        }
        return List.copyOf(lines);
    }

    /** Breaks at spaces, but not before a sign or behind a number; a continued line is indented. A word longer than a line is cut. */
    private static void wrap(String text, List<String> lines) {
        String rest = text;
        String indent = "";
        while (indent.length() + rest.length() > COLUMNS) {
            int room = COLUMNS - indent.length();
            int space = rest.lastIndexOf(' ', room);
            while (space > 0 && joins(rest, space)) {
                space = rest.lastIndexOf(' ', space - 1);
            }
            int end = space <= 0 ? room : space;
            lines.add(indent + rest.substring(0, end));
            rest = rest.substring(end).strip();
            indent = "  ";
        }
        lines.add(indent + rest);
    }

    private static boolean joins(String text, int space) {
        return SIGNS.indexOf(text.charAt(space + 1)) >= 0 || Character.isDigit(text.charAt(space - 1));
    }
}
