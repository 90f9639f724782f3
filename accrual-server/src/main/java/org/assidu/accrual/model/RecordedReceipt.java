package org.assidu.accrual.model;

/** An earlier receipt as the journal holds it: input, outcome, where. The columns belong to whoever read them. */
public record RecordedReceipt(ReceiptColumns receipt, OutcomeColumns outcome, long position, long timeMillis) {}
