package org.assidu.accrual.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.assidu.accrual.journal.Durability;
import org.assidu.accrual.load.Connection;
import org.assidu.accrual.server.AssiduServer;
import org.assidu.accrual.server.ServerConfig;
import org.assidu.proto.v1.AdminServiceGrpc;
import org.assidu.proto.v1.ExportNowRequest;
import org.assidu.proto.v1.ExportNowResponse;
import org.assidu.proto.v1.ProgrammeDocument;
import org.assidu.proto.v1.ProgrammeServiceGrpc;
import org.assidu.proto.v1.PublishProgrammeRequest;
import org.assidu.proto.v1.PublishProgrammeResponse;

/** A server whose journal nobody keeps: tables made with it are exactly those of a real one. */
final class ThrowawayServer implements AutoCloseable {
    private final Path folder;
    private final AssiduServer server;
    private final Connection connection;

    /** @param parent where its journal lives until it is closed */
    ThrowawayServer(Path parent, long memberKeySeed) throws IOException {
        Files.createDirectories(parent);
        folder = Files.createTempDirectory(parent, ".assidu-");
        server = AssiduServer.start(
                ServerConfig.at(folder).withDurability(Durability.FAST).withMemberKeySeed(memberKeySeed));
        connection = Connection.to("127.0.0.1:" + server.port());
    }

    Connection connection() {
        return connection;
    }

    void publish(String shippedProgramme) throws IOException {
        PublishProgrammeResponse answer = ProgrammeServiceGrpc.newBlockingStub(connection.channel())
                .publishProgramme(PublishProgrammeRequest.newBuilder()
                        .setDocument(ProgrammeDocument.newBuilder().setText(ShippedProgrammes.text(shippedProgramme)))
                        .build());
        if (answer.getProblemsCount() > 0) {
            throw new IllegalStateException("the shipped programme has problems: " + answer.getProblemsList());
        }
    }

    /** @return rows of lines, receipts and movements written */
    long export(Path target) {
        Iterator<ExportNowResponse> steps = AdminServiceGrpc.newBlockingStub(connection.channel())
                .exportNow(ExportNowRequest.newBuilder()
                        .setDirectory(target.toString())
                        .build());
        long rows = 0;
        while (steps.hasNext()) {
            rows = steps.next().getRows();
        }
        return rows;
    }

    @Override
    public void close() throws IOException {
        connection.close();
        server.close();
        List<Path> left;
        try (Stream<Path> files = Files.walk(folder)) {
            left = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : left) {
            Files.delete(file);
        }
    }
}
