package org.assidu.accrual.server;

import java.nio.file.Path;
import java.util.OptionalLong;
import org.assidu.accrual.directory.SecretSource;
import org.assidu.accrual.grpc.GrpcServerConfig;
import org.assidu.accrual.grpc.ListenerSecurity;
import org.assidu.accrual.journal.Durability;
import org.assidu.accrual.journal.JournalConfig;
import org.assidu.accrual.journal.JournalKind;
import org.assidu.accrual.pipeline.PipelineConfig;
import org.jspecify.annotations.Nullable;

/**
 * A server's settings: where its data is, and the settings of its parts.
 *
 * @param data folder of journal and directory, created when absent
 * @param grpc where it listens, and limits of clients
 * @param security TLS, tokens, quotas
 * @param journalKind null = the kind that the folder has, or CHRONICLE in a new one
 * @param journal durability and files
 * @param pipeline limits of the write path
 * @param directorySecret key of the identifiers' hashes; null = {@code secret.hex} in the directory's folder
 * @param masterKey wraps the keys of personal data; null = {@code master.hex} in the directory's folder
 * @param memberKeySeed for tests and comparable runs only: makes member keys reproducible
 */
public record ServerConfig(
        Path data,
        GrpcServerConfig grpc,
        ListenerSecurity security,
        @Nullable JournalKind journalKind,
        JournalConfig journal,
        PipelineConfig pipeline,
        @Nullable SecretSource directorySecret,
        @Nullable SecretSource masterKey,
        OptionalLong memberKeySeed) {

    /** Loopback on a free port, durable, all limits as by default. */
    public static ServerConfig at(Path data) {
        return new ServerConfig(
                data,
                GrpcServerConfig.loopback(0),
                ListenerSecurity.development(),
                null,
                JournalConfig.defaults(),
                PipelineConfig.defaults(),
                null,
                null,
                OptionalLong.empty());
    }

    /** @param port 0 lets the system choose */
    public ServerConfig withAddress(String host, int port) {
        return withGrpc(GrpcServerConfig.loopback(port).withHost(host));
    }

    public ServerConfig withGrpc(GrpcServerConfig value) {
        return new ServerConfig(
                data, value, security, journalKind, journal, pipeline, directorySecret, masterKey, memberKeySeed);
    }

    public ServerConfig withSecurity(ListenerSecurity value) {
        return new ServerConfig(
                data, grpc, value, journalKind, journal, pipeline, directorySecret, masterKey, memberKeySeed);
    }

    public ServerConfig withJournalKind(JournalKind value) {
        return new ServerConfig(
                data, grpc, security, value, journal, pipeline, directorySecret, masterKey, memberKeySeed);
    }

    public ServerConfig withJournal(JournalConfig value) {
        return new ServerConfig(
                data, grpc, security, journalKind, value, pipeline, directorySecret, masterKey, memberKeySeed);
    }

    public ServerConfig withDurability(Durability value) {
        return withJournal(journal.withDurability(value));
    }

    public ServerConfig withPipeline(PipelineConfig value) {
        return new ServerConfig(
                data, grpc, security, journalKind, journal, value, directorySecret, masterKey, memberKeySeed);
    }

    public ServerConfig withDirectorySecret(SecretSource value) {
        return new ServerConfig(data, grpc, security, journalKind, journal, pipeline, value, masterKey, memberKeySeed);
    }

    public ServerConfig withMasterKey(SecretSource value) {
        return new ServerConfig(
                data, grpc, security, journalKind, journal, pipeline, directorySecret, value, memberKeySeed);
    }

    public ServerConfig withMemberKeySeed(long value) {
        return new ServerConfig(
                data,
                grpc,
                security,
                journalKind,
                journal,
                pipeline,
                directorySecret,
                masterKey,
                OptionalLong.of(value));
    }
}
