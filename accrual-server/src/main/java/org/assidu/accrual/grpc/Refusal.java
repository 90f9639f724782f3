package org.assidu.accrual.grpc;

import org.assidu.accrual.model.ReceiptStatus;

/**
 * A receipt that the wire mapping refuses: nothing of it is journalled.
 *
 * @param detail the field, what is wrong with it, and what to send instead
 */
public record Refusal(ReceiptStatus status, String detail) {}
