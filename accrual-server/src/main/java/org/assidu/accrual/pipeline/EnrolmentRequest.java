package org.assidu.accrual.pipeline;

import java.util.List;
import org.assidu.accrual.directory.Identifier;
import org.assidu.accrual.model.Channel;
import org.assidu.accrual.model.MemberEnrolment;
import org.jspecify.annotations.Nullable;

/**
 * A person joins under one or more identifiers.
 *
 * @param store where; null when none
 * @param termsVersion version of the terms accepted; empty when none was shown
 */
public record EnrolmentRequest(
        List<Identifier> identifiers,
        Channel channel,
        @Nullable String store,
        String termsVersion,
        List<MemberEnrolment.Consent> consents) {}
