package org.assidu.accrual.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assidu.accrual.access.AccessRule;
import org.assidu.accrual.access.AccessTable;
import org.assidu.accrual.access.Role;
import org.assidu.accrual.access.Scope;
import org.assidu.proto.v1.AccrualProto;
import org.assidu.proto.v1.AdminProto;
import org.assidu.proto.v1.EngagementProto;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.MemberProto;
import org.assidu.proto.v1.ProgrammeProto;
import org.assidu.proto.v1.RewardProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTableTest {
    /** Of this contract; those of gRPC have no stores and members. */
    private static Stream<MethodDescriptor> contract() {
        return Stream.of(
                        AccrualProto.getDescriptor(),
                        MemberProto.getDescriptor(),
                        ProgrammeProto.getDescriptor(),
                        AdminProto.getDescriptor(),
                        EngagementProto.getDescriptor(),
                        RewardProto.getDescriptor())
                .flatMap(file -> file.getServices().stream())
                .map(ServiceDescriptor::getMethods)
                .flatMap(List::stream);
    }

    private static String fullName(MethodDescriptor method) {
        return method.getService().getFullName() + "/" + method.getName();
    }

    @Test
    void everyMethodThatAServerServesHasARowAndEveryRowIsServed(@TempDir Path folder) {
        try (TestServer server = TestServer.start(folder)) {
            assertThat(AccessTable.rows().stream().map(AccessRule::method))
                    .containsExactlyInAnyOrderElementsOf(server.endpoint.methods());
        }
    }

    @Test
    void noMethodOfTheContractIsOpenAndEachHasARole() {
        assertThat(contract()).isNotEmpty().allSatisfy(method -> {
            AccessRule rule = AccessTable.rule(fullName(method));
            assertThat(rule).as(fullName(method)).isNotNull();
            assertThat(rule.open()).isFalse();
            assertThat(rule.scopes()).isNotEmpty();
        });
    }

    @Test
    void aRowWithStoresSaysWhereTheRequestNamesItsStore() {
        assertThat(contract()).allSatisfy(method -> {
            AccessRule rule = AccessTable.rule(fullName(method));
            assertThat(rule.store() != null)
                    .as(fullName(method))
                    .isEqualTo(rule.scopes().containsValue(Scope.OWN_STORES));
            if (rule.store() != null) {
                assertThat(field(method.getInputType(), rule.store()).getType()).isEqualTo(FieldDescriptor.Type.STRING);
            }
        });
    }

    @Test
    void aRowForMembersThemselvesSaysWhereTheRequestNamesItsMember() {
        assertThat(contract()).allSatisfy(method -> {
            AccessRule rule = AccessTable.rule(fullName(method));
            assertThat(rule.member() != null)
                    .as(fullName(method))
                    .isEqualTo(rule.scopes().containsValue(Scope.SELF));
            if (rule.member() != null) {
                assertThat(field(method.getInputType(), rule.member()).getMessageType())
                        .isEqualTo(Identifier.getDescriptor());
            }
        });
    }

    @Test
    void membersReachNothingButThemselves() {
        assertThat(AccessTable.rows())
                .filteredOn(rule -> !rule.method().startsWith("grpc."))
                .allSatisfy(rule -> assertThat(rule.scopes().getOrDefault(Role.MEMBER_SELF, Scope.SELF))
                        .isEqualTo(Scope.SELF));
    }

    @Test
    void tillsReachSalesOfTheirStoresOnly() {
        assertThat(AccessTable.rows())
                .filteredOn(rule -> rule.method().startsWith("assidu.v1.AccrualService/"))
                .hasSize(2)
                .allSatisfy(rule -> assertThat(rule.scopes()).containsEntry(Role.TILL, Scope.OWN_STORES));
    }

    private static FieldDescriptor field(Descriptor message, String path) {
        Descriptor in = message;
        FieldDescriptor field = null;
        for (String name : path.split("\\.")) {
            assertThat(in).as(path).isNotNull();
            field = in.findFieldByName(name);
            assertThat(field).as(name + " of " + path).isNotNull();
            in = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE ? field.getMessageType() : null;
        }
        return field;
    }
}
