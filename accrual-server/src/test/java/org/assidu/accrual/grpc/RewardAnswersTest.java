package org.assidu.accrual.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.assidu.accrual.model.OperationStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RewardAnswersTest {
    @ParameterizedTest
    @EnumSource(OperationStatus.class)
    void everyStatusHasItsNameInTheContract(OperationStatus status) {
        assertThat(RewardAnswers.status(status).name()).isEqualTo("OPERATION_STATUS_" + status.name());
    }
}
