package org.assidu.accrual.replay;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.engine.MemberView;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.PurseBooks;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.ProgrammeCompiler;
import org.jspecify.annotations.Nullable;

/**
 * What a chain owed its members at a moment of the past.
 *
 * @param currency of money purses and of what points are worth; empty before the first programme
 * @param worth of a point; null where nothing says
 */
public record PastLiability(
        String currency, int currencyDigits, @Nullable Worth worth, List<PurseLiability> purses) {
    private static final long MILLIONTHS = 1_000_000;

    /**
     * One purse.
     *
     * @param holders members with something in it
     * @param belowZero members who owe, and how much: part of what is outstanding
     * @param minor what is outstanding in money, minor units; null where nothing says what a point is worth
     * @param endings by the month in which it can be spent last
     */
    public record PurseLiability(
            PurseBooks books,
            boolean money,
            long holders,
            long belowZero,
            long belowZeroMicro,
            @Nullable Long minor,
            List<Ending> endings) {}

    /** What ends in a month; null = never. */
    public record Ending(@Nullable YearMonth month, long micro) {}

    private static final class Sum {
        private long holders;
        private long belowZero;
        private long belowZeroMicro;
        private long inLots;
        private final TreeMap<YearMonth, Long> endings = new TreeMap<>();

        void add(MemberView.PurseView purse) {
            holders += purse.balanceMicro() > 0 ? 1 : 0;
            if (purse.balanceMicro() < 0) {
                belowZero++;
                belowZeroMicro += purse.balanceMicro();
            }
            for (MemberView.Lot lot : purse.lots()) {
                if (lot.expiryDay() != LotKey.NEVER) {
                    endings.merge(YearMonth.from(LocalDate.ofEpochDay(lot.expiryDay())), lot.micro(), Long::sum);
                    inLots += lot.micro();
                }
            }
        }
    }

    /**
     * @param pointValue currency units a point; null = by the programme's rewards
     * @param averageReceiptMinor on which a reward of a percentage is worth something; 0 = there is none
     */
    public static PastLiability of(AccrualEngine engine, @Nullable BigDecimal pointValue, long averageReceiptMinor) {
        List<Programme> versions = engine.programmes();
        if (versions.isEmpty()) {
            return new PastLiability("", 0, null, List.of());
        }
        ProgrammeDocument newest = versions.get(versions.size() - 1).document();
        Worth worth = Worth.of(newest, pointValue, averageReceiptMinor);
        Sum[] sums = new Sum[engine.purses()];
        for (int purse = 0; purse < sums.length; purse++) {
            sums[purse] = new Sum();
        }
        engine.totals().memberKeys().forEach(member -> {
            // A household counts once.
            MemberView view = engine.purseOwner(member) == member ? engine.member(member) : null;
            for (int purse = 0; view != null && purse < sums.length; purse++) {
                sums[purse].add(view.purses().get(purse));
            }
        });
        List<PurseLiability> purses = new ArrayList<>();
        for (PurseBooks books : engine.totals().books()) {
            purses.add(purse(books, purses.size(), sums[purses.size()], worth));
        }
        return new PastLiability(
                newest.currency(),
                Math.max(0, ProgrammeCompiler.minorDigits(newest.currency())),
                worth,
                List.copyOf(purses));
    }

    private static PurseLiability purse(PurseBooks books, int slot, Sum sum, @Nullable Worth worth) {
        boolean money = slot > 0;
        List<Ending> endings = new ArrayList<>();
        sum.endings.forEach((month, micro) -> endings.add(new Ending(month, micro)));
        if (!endings.isEmpty() && books.outstanding() != sum.inLots) {
            endings.add(new Ending(null, books.outstanding() - sum.inLots));
        }
        Long minor = money
                ? Long.valueOf(Math.floorDiv(books.outstanding() + MILLIONTHS / 2, MILLIONTHS))
                : worth == null ? null : Long.valueOf(worth.minorOf(books.outstanding()));
        return new PurseLiability(
                books, money, sum.holders, sum.belowZero, sum.belowZeroMicro, minor, List.copyOf(endings));
    }
}
