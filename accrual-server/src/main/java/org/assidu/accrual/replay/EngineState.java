package org.assidu.accrual.replay;

import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.journal.JournalReader;

/**
 * An engine as it was after a position, rebuilt from a journal that no one needs to be writing.
 *
 * @param position last one applied: the one asked for, or the journal's last
 */
public record EngineState(AccrualEngine engine, long position) {

    /** Replays a journal from its beginning up to a position. */
    public static EngineState at(JournalReader reader, long upTo) {
        return at(reader, upTo, new RecordListener() {});
    }

    /** As above, showing every record to a listener. */
    public static EngineState at(JournalReader reader, long upTo, RecordListener listener) {
        AccrualEngine engine = new AccrualEngine();
        EngineReplay replay = new EngineReplay(engine, listener);
        long position = 0;
        reader.seek(1);
        while (position < upTo && reader.next()) {
            replay.apply(reader);
            position = reader.position();
        }
        return new EngineState(engine, position);
    }
}
