package org.assidu.accrual.document;

import static org.assidu.accrual.document.CanonicalMechanics.given;
import static org.assidu.accrual.document.CanonicalMechanics.number;
import static org.assidu.accrual.document.CanonicalMechanics.plain;
import static org.assidu.accrual.document.CanonicalMechanics.text;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assidu.accrual.model.Bonus;
import org.assidu.accrual.model.Bonus.Award;
import org.assidu.accrual.model.Bonus.BirthdayWindow;
import org.assidu.accrual.model.Bonus.BonusLimits;
import org.assidu.accrual.model.Bonus.Exclusion;
import org.assidu.accrual.model.Bonus.NthVisit;
import org.assidu.accrual.model.Bonus.When;

/** The canonical form of a bonus; conditions and limits that are not given are left out. */
final class CanonicalBonus {
    private CanonicalBonus() {}

    static Map<String, Object> tree(Bonus bonus) {
        Map<String, Object> tree = new TreeMap<>();
        tree.put("id", bonus.id());
        tree.put("name", CanonicalMechanics.name(bonus.nameEn(), bonus.nameFr()));
        tree.put("when", when(bonus.when()));
        tree.put("award", award(bonus.award()));
        tree.put("limits", limits(bonus.limits()));
        given(tree, "group", bonus.group());
        tree.put("combine", bonus.combine().name());
        Exclusion exclusion = bonus.exclusion();
        if (exclusion != null) {
            tree.put("exclusive_group", exclusion.group());
            tree.put("programme", exclusion.programme());
        }
        tree.put("funded_by", CanonicalMechanics.trees(bonus.fundedBy(), CanonicalMechanics::fundingShare));
        tree.put("control_percent", Canonical.plain(bonus.controlPercent()));
        return tree;
    }

    private static Map<String, Object> when(When when) {
        Map<String, Object> tree = new TreeMap<>();
        given(tree, "stores", when.stores());
        given(tree, "banners", when.banners());
        given(tree, "channels", names(when.channels()));
        given(tree, "skus", when.skus());
        given(tree, "categories", when.categories());
        given(tree, "brands", when.brands());
        given(tree, "weekdays", names(when.weekdays()));
        given(tree, "from", text(when.from()));
        given(tree, "to", text(when.to()));
        given(tree, "first_day", text(when.firstDay()));
        given(tree, "last_day", text(when.lastDay()));
        given(tree, "tiers", when.tiers());
        given(tree, "clubs", when.clubs());
        given(tree, "amount_at_least", plain(when.amountAtLeast()));
        given(tree, "first_purchase", when.firstPurchase() ? true : null);
        NthVisit visit = when.nthVisit();
        if (visit != null) {
            tree.put(
                    "nth_visit",
                    Map.of("n", number(visit.n()), "window", visit.window().name()));
        }
        given(tree, "unbought_days", when.unboughtDays() == null ? null : number(when.unboughtDays()));
        BirthdayWindow birthday = when.birthday();
        if (birthday != null) {
            tree.put(
                    "birthday",
                    Map.of("days_before", number(birthday.daysBefore()), "days_after", number(birthday.daysAfter())));
        }
        given(tree, "dormant_days", when.dormantDays() == null ? null : number(when.dormantDays()));
        given(tree, "tags", when.tags());
        return tree;
    }

    private static List<String> names(List<? extends Enum<?>> values) {
        return values.stream().map(Enum::name).toList();
    }

    private static Map<String, Object> award(Award award) {
        Map<String, Object> tree = new TreeMap<>();
        tree.put("kind", award.kind().name());
        tree.put("value", Canonical.plain(award.value()));
        given(tree, "target", award.target());
        return tree;
    }

    private static Map<String, Object> limits(BonusLimits limits) {
        Map<String, Object> tree = new TreeMap<>();
        given(tree, "per_receipt", plain(limits.perReceipt()));
        given(tree, "per_member_day", plain(limits.perMemberDay()));
        given(tree, "per_member", plain(limits.perMember()));
        given(tree, "budget", plain(limits.budget()));
        return tree;
    }
}
