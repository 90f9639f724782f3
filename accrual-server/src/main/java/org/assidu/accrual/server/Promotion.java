package org.assidu.accrual.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import org.assidu.accrual.codec.EpochRecordCodec;
import org.assidu.accrual.directory.DirectoryConfig;
import org.assidu.accrual.directory.MemberDirectory;
import org.assidu.accrual.directory.PersonalStore;
import org.assidu.accrual.journal.Journal;
import org.assidu.accrual.journal.JournalAppender;
import org.assidu.accrual.journal.JournalConfig;
import org.assidu.accrual.journal.JournalEnvironment;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.model.RecordType;
import org.assidu.accrual.replication.Epoch;
import org.assidu.accrual.replication.RoleFiles;
import org.assidu.accrual.snapshot.SnapshotHead;
import org.assidu.accrual.snapshot.SnapshotStore;

/**
 * Makes a stopped standby the server of its chain.
 *
 * @param epoch the one that begins
 * @param followed last position that came from the primary
 * @param primaryPosition highest that the primary was heard to have: what is above {@code followed} is known to be missing, and what
 *     came after the last word from it is missing too
 */
public record Promotion(Epoch epoch, long followed, long primaryPosition) {

    /**
     * Verifies the journal behind the newest snapshot, then journals a new epoch.
     *
     * @throws IllegalStateException when the directory is no standby, or not a true one; nothing is changed then
     */
    public static Promotion of(DataDirectory data) throws IOException {
        return of(data, JournalEnvironment.system());
    }

    /** As {@link #of(DataDirectory)}, with the clock and the disk given. */
    public static Promotion of(DataDirectory data, JournalEnvironment environment) throws IOException {
        RoleFiles roles = new RoleFiles(data.root());
        String primary = roles.standbyOf()
                .orElseThrow(() -> new IllegalStateException(data.root()
                        + " is no standby, so there is nothing to promote: serve it, or let it follow a server first"));
        roles.diverged().ifPresent(message -> {
            throw new IllegalStateException(data.root() + " is no true copy of " + primary + ": " + message
                    + ". Promote another standby or restore a backup; if this is all there is, delete "
                    + roles.divergedFile() + " and promote again");
        });
        data.requireUnused();
        checkDirectory(data);
        JsonNode told = new StandbyFiles(data.root()).read();
        SnapshotHead snapshot = new ServerSnapshots(data, new SnapshotStore(data.snapshots())).newest();
        JournalConfig config = JournalConfig.defaults()
                .withMinimumFreeBytes(0)
                .withVerifyFromPosition(snapshot == null ? 1 : snapshot.position() + 1);
        try (Journal journal = data.openJournal(null, config, new LoggedProgress(), environment)) {
            long followed = journal.recoveredPosition();
            Epoch epoch = new Epoch(roles.epoch(journal::newReader).number() + 1, followed + 1);
            append(
                    journal,
                    epoch,
                    Math.max(lastMillis(journal), environment.epochMillis().getAsLong()));
            roles.promoted(epoch);
            long primaryPosition =
                    told == null ? followed : told.path("primary_position").asLong();
            return new Promotion(epoch, followed, Math.max(followed, primaryPosition));
        }
    }

    /** Whether identifiers and personal data will be found: the secrets are never sent. */
    private static void checkDirectory(DataDirectory data) {
        if (Files.exists(data.directory().resolve("directory.mv"))) {
            MemberDirectory.open(DirectoryConfig.at(data.directory()).withCachedCards(1))
                    .close();
        }
        // Where the master key is given to `serve` in another way, that start checks it.
        if (Files.exists(data.directory().resolve("master.hex"))) {
            PersonalStore.open(data.directory(), PersonalStore.masterKeyIn(data.directory()))
                    .close();
        }
    }

    private static long lastMillis(Journal journal) {
        if (journal.recoveredPosition() == 0) {
            return 0;
        }
        try (JournalReader reader = journal.newReader()) {
            reader.seek(journal.recoveredPosition());
            return reader.next() ? reader.timeMillis() : 0;
        }
    }

    private static void append(Journal journal, Epoch epoch, long timeMillis) {
        byte[] payload = new byte[EpochRecordCodec.SIZE_BOUND];
        int length = EpochRecordCodec.encode(epoch.number(), payload, 0);
        JournalAppender appender = journal.appender();
        long position = appender.append(RecordType.EPOCH.code(), timeMillis, payload, 0, length);
        if (position != epoch.position()) {
            throw new IllegalStateException(
                    "the record of the epoch has position=" + position + ", expected " + epoch.position());
        }
        appender.commit();
        journal.barrier().advance();
    }
}
