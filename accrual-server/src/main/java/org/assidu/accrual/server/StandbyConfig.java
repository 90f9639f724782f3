package org.assidu.accrual.server;

import java.nio.file.Path;
import org.assidu.accrual.journal.JournalConfig;
import org.assidu.accrual.journal.JournalKind;
import org.assidu.accrual.replication.FollowSettings;
import org.jspecify.annotations.Nullable;

/**
 * A standby's settings.
 *
 * @param data folder of its own journal and directory, created when absent; or that of a restored backup
 * @param journalKind null = the kind that the folder has, or CHRONICLE in a new one
 */
public record StandbyConfig(
        Path data, @Nullable JournalKind journalKind, JournalConfig journal, FollowSettings follow) {

    public static StandbyConfig at(Path data, FollowSettings follow) {
        return new StandbyConfig(data, null, JournalConfig.defaults(), follow);
    }

    public StandbyConfig withJournal(JournalConfig value) {
        return new StandbyConfig(data, journalKind, value, follow);
    }

    public StandbyConfig withJournalKind(JournalKind value) {
        return new StandbyConfig(data, value, journal, follow);
    }
}
