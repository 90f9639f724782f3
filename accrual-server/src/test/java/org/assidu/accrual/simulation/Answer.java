package org.assidu.accrual.simulation;

import org.assidu.accrual.model.ReceiptField;
import org.assidu.accrual.model.ReceiptStatus;

/** What a till is told of one part. @param conflict the field that differs, of a RECEIPT_CONFLICT */
record Answer(ReceiptStatus status, long pointsMicro, ReceiptField conflict) {}
