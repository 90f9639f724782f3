package org.assidu.accrual.journal;

import java.io.IOException;
import java.nio.file.Path;

/** Begins generations in a directory that this process has locked. */
record GenerationMaker(
        DocumentStore store,
        Path directory,
        JournalConfig config,
        JournalEnvironment environment,
        AcknowledgedSlots slots,
        Failure failure) {

    /**
     * Makes a folder, and in it the first document, both forced. All generations before must be sealed.
     *
     * @param position the last one of the generations before, and {@code chainHead} its hash
     */
    LiveGeneration begin(int number, long position, byte[] chainHead) throws IOException {
        Path folder = JournalDirectory.generation(directory, number);
        JournalDirectory.createDirectory(folder);
        LiveGeneration live = new LiveGeneration(
                Generation.indexed(number, folder, position, position, new BatchIndex()),
                chainHead,
                store.create(folder, config, environment),
                new UnforcedFiles(environment.forcer()),
                slots,
                config,
                failure);
        long now = environment.epochMillis().getAsLong();
        try {
            live.start(GenerationHeader.encode(number, position, chainHead, now, environment.bootId()));
        } catch (JournalFailedException e) {
            live.close();
            throw e;
        }
        return live;
    }
}
