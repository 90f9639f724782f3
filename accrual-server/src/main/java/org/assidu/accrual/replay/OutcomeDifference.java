package org.assidu.accrual.replay;

import org.assidu.accrual.model.OutcomeColumns;

/** Says in words where two outcomes first differ. */
final class OutcomeDifference {
    private OutcomeDifference() {}

    static String between(OutcomeColumns recorded, OutcomeColumns now, long recordedPrevious, long previousNow) {
        if (recorded.status != now.status) {
            return differs("status", recorded.status, now.status);
        }
        if (recorded.programmeVersion != now.programmeVersion) {
            return differs("programme version", recorded.programmeVersion, now.programmeVersion);
        }
        if (recorded.lines != now.lines) {
            return differs("lines", recorded.lines, now.lines);
        }
        for (int line = 0; line < now.lines; line++) {
            String where = "line " + (line + 1) + " ";
            if (recorded.lineStatus[line] != now.lineStatus[line]) {
                return differs(where + "status", recorded.lineStatus[line], now.lineStatus[line]);
            }
            if (recorded.eligible[line] != now.eligible[line]) {
                return differs(where + "eligible", recorded.eligible[line], now.eligible[line]);
            }
            if (recorded.linePointsMicro[line] != now.linePointsMicro[line]) {
                return differs(where + "micropoints", recorded.linePointsMicro[line], now.linePointsMicro[line]);
            }
        }
        String movement = movements(recorded, now);
        if (!movement.isEmpty()) {
            return movement;
        }
        if (recorded.pointsMicro != now.pointsMicro) {
            return differs("micropoints", recorded.pointsMicro, now.pointsMicro);
        }
        if (recorded.balanceMicro != now.balanceMicro) {
            return differs("balance in micropoints", recorded.balanceMicro, now.balanceMicro);
        }
        if (recordedPrevious != previousNow) {
            return differs("previous position of the member", recordedPrevious, previousNow);
        }
        return "the input or the outcome's counters, alerts, shares, context, prices or events are encoded otherwise";
    }

    private static String movements(OutcomeColumns recorded, OutcomeColumns now) {
        if (recorded.movements != now.movements) {
            return differs("movements", recorded.movements, now.movements);
        }
        for (int m = 0; m < now.movements; m++) {
            String where = "movement " + (m + 1) + " ";
            if (recorded.movementMember[m] != now.movementMember[m]) {
                return differs(
                        where + "member",
                        Long.toHexString(recorded.movementMember[m]),
                        Long.toHexString(now.movementMember[m]));
            }
            if (recorded.movementKind[m] != now.movementKind[m]) {
                return differs(where + "kind", recorded.movementKind[m], now.movementKind[m]);
            }
            if (recorded.movementMicro[m] != now.movementMicro[m]) {
                return differs(where + "micropoints", recorded.movementMicro[m], now.movementMicro[m]);
            }
            if (recorded.movementRule[m] != now.movementRule[m]) {
                return differs(where + "rule", recorded.movementRule[m], now.movementRule[m]);
            }
            if (recorded.movementPurse[m] != now.movementPurse[m]) {
                return differs(where + "purse", recorded.movementPurse[m], now.movementPurse[m]);
            }
            if (recorded.movementLot[m] != now.movementLot[m]) {
                return differs(
                        where + "lot", Long.toHexString(recorded.movementLot[m]), Long.toHexString(now.movementLot[m]));
            }
        }
        return "";
    }

    private static String differs(String what, Object recorded, Object now) {
        return what + " recorded=" + recorded + " decided now=" + now;
    }
}
