package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assidu.accrual.model.PublishedProgramme;
import org.assidu.accrual.model.StateBytes;

/** An engine as a restart from a snapshot would find it. */
public final class EngineImage {
    private EngineImage() {}

    /** Another engine, made of what this one writes; it has the same hash and writes the same bytes. */
    public static AccrualEngine restored(AccrualEngine engine, List<PublishedProgramme> published) {
        StateBytes image = new StateBytes();
        engine.write(image);
        AccrualEngine restored = AccrualEngine.restored(image.source(), published);
        StateBytes again = new StateBytes();
        restored.write(again);
        assertThat(restored.stateHash()).as("state hash of what was restored").isEqualTo(engine.stateHash());
        assertThat(again.bytes()).as("image of what was restored").isEqualTo(image.bytes());
        return restored;
    }
}
