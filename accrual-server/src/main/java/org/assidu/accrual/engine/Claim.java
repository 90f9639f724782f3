package org.assidu.accrual.engine;

import java.util.Arrays;
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

    Claim(long memberKey, OutcomeColumns decided) {
        this.memberKey = memberKey;
        programmeVersion = decided.programmeVersion;
        lineStatus = Arrays.copyOf(decided.lineStatus, decided.lines);
        eligible = Arrays.copyOf(decided.eligible, decided.lines);
        linePointsMicro = Arrays.copyOf(decided.linePointsMicro, decided.lines);
        contextRule = Arrays.copyOf(decided.contextRule, decided.contexts);
        contextHeadroom = Arrays.copyOf(decided.contextHeadroom, decided.contexts);
    }

    private Claim(Claim of, long memberKey) {
        this.memberKey = memberKey;
        programmeVersion = of.programmeVersion;
        lineStatus = of.lineStatus;
        eligible = of.eligible;
        linePointsMicro = of.linePointsMicro;
        contextRule = of.contextRule;
        contextHeadroom = of.contextHeadroom;
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
    }

    long hash(long identity) {
        long sum = Mix.of(identity, memberKey, programmeVersion);
        for (int line = 0; line < lineStatus.length; line++) {
            sum += Mix.of(identity + line, linePointsMicro[line], eligible[line]) + lineStatus[line].ordinal();
        }
        for (int c = 0; c < contextRule.length; c++) {
            sum += Mix.of(identity, contextRule[c], contextHeadroom[c]);
        }
        return sum;
    }
}
