package org.assidu.accrual.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assidu.accrual.replay.WhatIfReport;
import org.assidu.accrual.replay.WhatIfReport.Change;
import org.assidu.accrual.replay.WhatIfReport.GiverChange;
import org.assidu.accrual.replay.WhatIfReport.MemberGroup;
import org.assidu.accrual.replay.WhatIfReport.MoneyChange;
import org.assidu.accrual.replay.WhatIfReport.Stretch;
import org.assidu.accrual.replay.Worth;
import org.jspecify.annotations.Nullable;

/** A what-if for programs: every figure exactly, in micropoints, millionths of a minor unit and minor units. */
final class WhatIfJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private WhatIfJson() {}

    static void write(WhatIfReport report, Path file) throws IOException {
        MAPPER.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), json(report));
    }

    static ObjectNode json(WhatIfReport report) {
        ObjectNode json = MAPPER.createObjectNode();
        stretch(json.putObject("stretch"), report.stretch());
        json.put("behaviour", "not modelled");
        json.put("identity", report.identity());
        json.put("same_state", report.sameState());
        json.put("nothing_changed", report.nothingChanged());
        json.put("state_hash_before", report.hashBefore());
        json.put("state_hash_after", report.hashAfter());
        ArrayNode purses = json.putArray("purses");
        report.purses().forEach(purse -> {
            ObjectNode row = purses.addObject().put("purse_id", purse.purseId()).put("money", purse.money());
            change(row, "given_micro", purse.given());
            change(row, "spent_micro", purse.spent());
            change(row, "expired_micro", purse.expired());
            change(row, "desk_micro", purse.desk());
            change(row, "forgiven_micro", purse.forgiven());
            change(row, "outstanding_micro", purse.outstanding());
            change(row, "members_below_zero", purse.belowZeroMembers());
        });
        worth(json, "minor_per_point_before", report.worthBefore());
        worth(json, "minor_per_point_after", report.worthAfter());
        money(json.putObject("cost_minor"), report.cost());
        money(json.putObject("liability_minor"), report.liability());
        ArrayNode rewards = json.putArray("threshold_rewards");
        report.rewards().forEach(reward -> {
            ObjectNode row = rewards.addObject().put("reward", reward.rewardId());
            change(row, "reached", reward.reached());
            change(row, "open", reward.open());
            change(row, "reached_minor", reward.reachedMinor());
            change(row, "open_minor", reward.openMinor());
        });
        givers(json.putArray("rules"), "rule", report.rules());
        givers(json.putArray("stores"), "store", report.stores());
        groups(json.putArray("members_by_store"), "store", report.storeMembers());
        groups(json.putArray("members_by_tier"), "tier", report.tierMembers());
        group(json.putObject("members"), report.members());
        redemptions(json, report);
        return json;
    }

    private static void stretch(ObjectNode json, Stretch stretch) {
        json.put("from", text(stretch.from()));
        json.put("to", text(stretch.to()));
        json.put("last_day", text(stretch.lastDay()));
        json.put("time_zone", stretch.zone().getId());
        json.put("currency", stretch.currency());
        ArrayNode before = json.putArray("programmes_before");
        stretch.programmesBefore().forEach(before::add);
        json.put("programme_after", stretch.programmeAfter());
        json.put("records", stretch.records());
        json.put("receipts", stretch.receipts());
        json.put("receipts_otherwise", stretch.otherwise());
        json.put("receipts_refused", stretch.refused());
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static void change(ObjectNode json, String name, @Nullable Change change) {
        if (change == null) {
            json.putNull(name);
        } else {
            json.putObject(name)
                    .put("before", change.before())
                    .put("after", change.after())
                    .put("difference", change.difference());
        }
    }

    private static void worth(ObjectNode json, String name, @Nullable Worth worth) {
        json.put(name, worth == null ? null : worth.minorPerPoint().toPlainString());
    }

    private static void money(ObjectNode json, List<MoneyChange> changes) {
        changes.forEach(row -> change(json, row.key(), row.minor()));
    }

    private static void givers(ArrayNode json, String what, List<GiverChange> givers) {
        givers.forEach(giver -> {
            ObjectNode row = json.addObject().put(what, giver.name()).put("purse_id", giver.purseId());
            change(row, "given_micro", giver.given());
        });
    }

    private static void groups(ArrayNode json, String what, List<MemberGroup> groups) {
        groups.forEach(one -> group(json.addObject().put(what, one.name()), one));
    }

    private static void group(ObjectNode json, MemberGroup group) {
        json.put("better", group.better());
        json.put("worse", group.worse());
        json.put("mixed", group.mixed());
        json.put("same", group.same());
        ObjectNode differences = json.putObject("difference_micro");
        group.differenceMicro().forEach(differences::put);
    }

    private static void redemptions(ObjectNode json, WhatIfReport report) {
        ObjectNode used = json.putObject("redemptions");
        used.put("receipts", report.redemptions().receipts());
        used.put("discount_minor", report.redemptions().discountMinor());
        change(used, "unfunded_receipts", report.redemptions().unfundedReceipts());
        used.put("unfunded_rewards", report.redemptions().unfundedRewards());
        change(used, "shop_cost_minor", report.redemptions().shopCostMinor());
        ArrayNode refused = json.putArray("refused_operations");
        report.redemptions()
                .refused()
                .forEach(one -> refused.addObject()
                        .put("kind", one.kind().name())
                        .put("status", one.status().name())
                        .put("forced", one.forced())
                        .put("count", one.count()));
    }
}
