package org.assidu.accrual.pipeline;

import org.assidu.accrual.model.MemberEnrolment;
import org.assidu.accrual.model.PrivacyEvent;
import org.jspecify.annotations.Nullable;

/** One record about a member other than a receipt: an enrolment or a decision about their data. The other one is null. */
public record PrivacyFact(
        long position,
        long timeMillis,
        @Nullable MemberEnrolment enrolment,
        @Nullable PrivacyEvent event) {}
