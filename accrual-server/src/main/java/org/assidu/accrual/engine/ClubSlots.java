package org.assidu.accrual.engine;

import java.util.Arrays;
import java.util.List;
import org.assidu.accrual.model.Mechanics.Club;
import org.assidu.accrual.programme.ClubRule;
import org.assidu.accrual.programme.Programme;

/** Counters of the clubs of a programme version, by club. They belong to a club's id and count on over versions. */
final class ClubSlots {
    static final int NONE = -1;

    /** First epoch day of the membership; 0 = none. */
    final int[] since;
    /** Last epoch day of the membership; 0 = none. */
    final int[] until;
    /** The discount on the first purchase: 1 = given. */
    final int[] first;
    /** Invitation; -1 = the club asks for none. */
    final int[] tag;
    /** Last day of the same tag as it was brought in. */
    final int[] tagUntil;
    /** What the member bought, minor units, and in how many receipts; -1 while no club asks. */
    final int bought;

    final int baskets;

    ClubSlots(Programme programme, CounterSlots counters) {
        List<ClubRule> clubs = programme.clubs();
        since = new int[clubs.size()];
        until = new int[clubs.size()];
        first = new int[clubs.size()];
        tag = new int[clubs.size()];
        Arrays.fill(tag, NONE);
        tagUntil = tag.clone();
        for (int i = 0; i < clubs.size(); i++) {
            Club club = clubs.get(i).source();
            until[i] = counters.publish(BonusSlots.clubUntil(club.id()));
            since[i] = counters.publish(BonusSlots.clubSince(club.id()));
            first[i] = counters.publish("club/" + club.id() + "/first");
            if (club.access().tag() != null) {
                tag[i] = counters.publish(BonusSlots.tag(club.access().tag()));
                tagUntil[i] = counters.publish(BonusSlots.tagUntil(club.access().tag()));
            }
        }
        boolean asks = clubs.stream().anyMatch(ClubRule::asksForPurchases);
        bought = asks ? counters.publish("club/bought") : NONE;
        baskets = asks ? counters.publish("club/baskets") : NONE;
    }
}
