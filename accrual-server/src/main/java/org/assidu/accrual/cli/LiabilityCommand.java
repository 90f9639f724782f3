package org.assidu.accrual.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.assidu.accrual.model.PurseBooks;
import org.assidu.accrual.replay.AverageReceipt;
import org.assidu.accrual.replay.PastLiability;
import org.assidu.accrual.replay.PastLiability.Ending;
import org.assidu.accrual.replay.PastLiability.PurseLiability;
import org.assidu.accrual.replay.PastState;
import org.assidu.accrual.replay.Worth;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assidu liability}. */
@Command(
        name = "liability",
        mixinStandardHelpOptions = true,
        description = {
            "What members hold, by purse, as of any past day or position: the books since the beginning, what is"
                    + " outstanding, what it is worth and when it ends. Replays the journal, changes nothing.",
            "Exit code 1 when the books do not add up."
        })
final class LiabilityCommand implements Callable<Integer> {
    @Mixin
    private final PastOption past = new PastOption();

    @Option(
            names = "--point-value",
            paramLabel = "AMOUNT",
            description = "What a point is worth, such as 0.01 (default: what the rewards make of it).")
    private @Nullable BigDecimal pointValue;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        AverageReceipt average = new AverageReceipt();
        PastState state = past.state(average);
        PastLiability liability = PastLiability.of(state.engine(), pointValue, average.minor());
        if (output.json()) {
            output.line(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json(state, liability)));
        } else {
            print(state, liability);
        }
        boolean balanced =
                liability.purses().stream().allMatch(purse -> purse.books().balanced());
        return balanced ? Assidu.OK : Assidu.FAILED;
    }

    private void print(PastState state, PastLiability liability) {
        output.line(PastOption.words(state));
        Worth worth = liability.worth();
        WhatIfNumbers numbers = new WhatIfNumbers(false, liability.currency(), liability.currencyDigits());
        for (PurseLiability purse : liability.purses()) {
            Long minor = purse.minor();
            PurseBooks books = purse.books();
            output.line(books.purseId() + ": " + numbers.purse(books.outstanding(), purse.money())
                    + " outstanding"
                    + (purse.money() || minor == null ? "" : ", worth " + numbers.minor(minor))
                    + ", held by " + numbers.count(purse.holders()) + " members"
                    + (purse.belowZero() == 0
                            ? ""
                            : "; " + numbers.count(purse.belowZero()) + " owe "
                                    + numbers.purse(-purse.belowZeroMicro(), purse.money())));
            output.line("  " + books(books, purse.money(), numbers)
                    + (books.balanced() ? "" : "  DOES NOT ADD UP: run assidu verify on the data directory"));
            for (Ending ending : purse.endings()) {
                output.line("  " + (ending.month() == null ? "without end" : "until " + ending.month()) + "  "
                        + numbers.purse(ending.micro(), purse.money()));
            }
        }
        if (worth == null && !liability.purses().isEmpty()) {
            output.line("nothing says what a point is worth: give it with --point-value");
        }
        output.line("state hash  " + hash(state));
    }

    private static String books(PurseBooks books, boolean money, WhatIfNumbers numbers) {
        return numbers.purse(books.issued(), money) + " issued + "
                + numbers.purse(books.adjusted(), money) + " adjusted + "
                + numbers.purse(books.migrated(), money) + " migrated + "
                + numbers.purse(books.restored(), money) + " restored + "
                + numbers.purse(books.forgiven(), money) + " forgiven - "
                + numbers.purse(books.spent(), money) + " spent - "
                + numbers.purse(books.expired(), money) + " expired - "
                + numbers.purse(books.reversed(), money) + " reversed + "
                + numbers.purse(books.transferred(), money) + " transferred";
    }

    private static String hash(PastState state) {
        return String.format("%016x", state.engine().stateHash());
    }

    private static ObjectNode json(PastState state, PastLiability liability) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        LocalDate day = state.day();
        json.put("position", state.position());
        json.put("day", day == null ? null : day.toString());
        json.put("settled_by_this_replay", state.settled());
        json.put("state_hash", hash(state));
        json.put("currency", liability.currency());
        Worth worth = liability.worth();
        json.put("minor_per_point", worth == null ? null : worth.minorPerPoint().toPlainString());
        ArrayNode purses = json.putArray("purses");
        for (PurseLiability purse : liability.purses()) {
            PurseBooks books = purse.books();
            ObjectNode node = purses.addObject()
                    .put("purse_id", books.purseId())
                    .put("money", purse.money())
                    .put("issued_micro", books.issued())
                    .put("adjusted_micro", books.adjusted())
                    .put("migrated_micro", books.migrated())
                    .put("restored_micro", books.restored())
                    .put("forgiven_micro", books.forgiven())
                    .put("spent_micro", books.spent())
                    .put("expired_micro", books.expired())
                    .put("reversed_micro", books.reversed())
                    .put("transferred_micro", books.transferred())
                    .put("outstanding_micro", books.outstanding())
                    .put("balanced", books.balanced())
                    .put("outstanding_minor", purse.minor())
                    .put("holders", purse.holders())
                    .put("below_zero", purse.belowZero())
                    .put("below_zero_micro", purse.belowZeroMicro());
            ArrayNode endings = node.putArray("endings");
            purse.endings()
                    .forEach(ending -> endings.addObject()
                            .put(
                                    "month",
                                    ending.month() == null
                                            ? null
                                            : ending.month().toString())
                            .put("micro", ending.micro()));
        }
        return json;
    }
}
