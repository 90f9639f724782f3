package org.assidu.accrual.audit;

import java.util.List;

/**
 * What an audit found.
 *
 * @param seals files
 * @param good seals with which everything agrees
 * @param records readable ones
 * @param sealedUpTo last position that a seal covers; what is behind it nobody has signed yet
 * @param chainHead of the whole journal, hexadecimal
 * @param problems empty when nothing was altered
 */
public record AuditReport(int seals, int good, long records, long sealedUpTo, String chainHead, List<String> problems) {
    public boolean clean() {
        return problems.isEmpty();
    }
}
