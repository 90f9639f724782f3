package org.assidu.accrual.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.LineStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptStatus;
import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;

/** What a claim decided about a receipt: all that a later return of its articles needs, in place of the first outcome. */
final class Claim {
    final long memberKey;
    final int programmeVersion;
    private final LineStatus[] lineStatus;
    private final long[] eligible;
    private final long[] linePointsMicro;
    private final int[] contextRule;
    private final long[] contextHeadroom;
    /** Memberships that it bought and referrals that it completed: a return takes them back. */
    private final List<Event> events;

    private record Event(EventKind kind, long memberKey, int rule, long value) {}

    Claim(long memberKey, OutcomeColumns decided) {
        this.memberKey = memberKey;
        programmeVersion = decided.programmeVersion;
        lineStatus = Arrays.copyOf(decided.lineStatus, decided.lines);
        eligible = Arrays.copyOf(decided.eligible, decided.lines);
        linePointsMicro = Arrays.copyOf(decided.linePointsMicro, decided.lines);
        contextRule = Arrays.copyOf(decided.contextRule, decided.contexts);
        contextHeadroom = Arrays.copyOf(decided.contextHeadroom, decided.contexts);
        events = new ArrayList<>();
        for (int e = 0; e < decided.events; e++) {
            EventKind kind = decided.eventKind[e];
            if (kind == EventKind.CLUB_JOINED || kind == EventKind.REFERRAL_COMPLETED) {
                events.add(new Event(kind, decided.eventMember[e], decided.eventRule[e], decided.eventValue[e]));
            }
        }
    }

    private Claim(Claim of, long memberKey) {
        this.memberKey = memberKey;
        programmeVersion = of.programmeVersion;
        lineStatus = of.lineStatus;
        eligible = of.eligible;
        linePointsMicro = of.linePointsMicro;
        contextRule = of.contextRule;
        contextHeadroom = of.contextHeadroom;
        events = of.events;
    }

    Claim(StateSource source) {
        memberKey = source.takeLong();
        programmeVersion = source.takeInt();
        lineStatus = new LineStatus[source.takeCount()];
        for (int line = 0; line < lineStatus.length; line++) {
            lineStatus[line] = LineStatus.values()[source.takeInt()];
        }
        eligible = source.takeLongArray();
        linePointsMicro = source.takeLongArray();
        contextRule = source.takeIntArray();
        contextHeadroom = source.takeLongArray();
        int kept = source.takeCount();
        events = new ArrayList<>(kept);
        for (int e = 0; e < kept; e++) {
            EventKind kind = EventKind.values()[source.takeInt()];
            events.add(new Event(kind, source.takeLong(), source.takeInt(), source.takeLong()));
        }
    }

    void write(StateSink sink) {
        sink.putLong(memberKey);
        sink.putInt(programmeVersion);
        sink.putInt(lineStatus.length);
        for (LineStatus status : lineStatus) {
            sink.putInt(status.ordinal());
        }
        sink.putArray(eligible, eligible.length);
        sink.putArray(linePointsMicro, linePointsMicro.length);
        sink.putArray(contextRule, contextRule.length);
        sink.putArray(contextHeadroom, contextHeadroom.length);
        sink.putInt(events.size());
        for (Event event : events) {
            sink.putInt(event.kind.ordinal());
            sink.putLong(event.memberKey);
            sink.putInt(event.rule);
            sink.putLong(event.value);
        }
    }

    Claim by(long otherMember) {
        return new Claim(this, otherMember);
    }

    /** Writes it as the outcome that the receipt would have had. */
    void writeTo(OutcomeColumns out) {
        out.reset(ReceiptStatus.ACCRUED, lineStatus.length);
        out.programmeVersion = programmeVersion;
        System.arraycopy(lineStatus, 0, out.lineStatus, 0, lineStatus.length);
        System.arraycopy(eligible, 0, out.eligible, 0, eligible.length);
        System.arraycopy(linePointsMicro, 0, out.linePointsMicro, 0, linePointsMicro.length);
        for (int c = 0; c < contextRule.length; c++) {
            out.addContext(contextRule[c], contextHeadroom[c]);
        }
        for (Event event : events) {
            out.addEvent(event.kind, event.memberKey, event.rule, event.value);
        }
    }

    long hash(long identity) {
        long sum = Mix.of(identity, memberKey, programmeVersion);
        for (int line = 0; line < lineStatus.length; line++) {
            sum += Mix.of(identity + line, linePointsMicro[line], eligible[line]) + lineStatus[line].ordinal();
        }
        for (int c = 0; c < contextRule.length; c++) {
            sum += Mix.of(identity, contextRule[c], contextHeadroom[c]);
        }
        for (Event event : events) {
            sum += Mix.of(identity ^ event.memberKey, event.rule, event.value) + event.kind.code();
        }
        return sum;
    }
}
