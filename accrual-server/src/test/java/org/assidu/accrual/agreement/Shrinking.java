package org.assidu.accrual.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assidu.accrual.reference.Receipt;

/** Leaves out of a history whatever is not needed for engine and reference to differ. */
final class Shrinking {
    private static final int MOST_TRIES = 4_000;

    private final long seed;
    private List<Step> steps;
    private int tries;

    private Shrinking(long seed, List<Step> steps) {
        this.seed = seed;
        this.steps = steps;
    }

    /** Seed, programme, history and both answers. */
    static String report(long seed, List<Step> steps) {
        Shrinking shrinking = new Shrinking(seed, steps);
        shrinking.shrink();
        StringBuilder text = new StringBuilder("seed " + seed + ", " + shrinking.steps.size() + " of " + steps.size()
                + " steps remain; -Dseed=" + seed + " -Dhistories=1 plays it again\n");
        int number = 0;
        for (Step step : shrinking.steps) {
            text.append(number++).append(": ");
            if (step instanceof Step.Publish publish) {
                text.append("publish\n").append(publish.draft().yaml().indent(4));
            } else {
                text.append(StepText.of(step)).append('\n');
            }
        }
        return text.append(Agreement.differenceOf(seed, shrinking.steps)).toString();
    }

    private void shrink() {
        int size;
        do {
            size = size();
            dropSteps();
            dropParts();
        } while (size() < size && tries < MOST_TRIES);
    }

    private int size() {
        int size = steps.size() * 1_000;
        for (Step step : steps) {
            size += step instanceof Step.Submit submit
                    ? submit.receipt().lines().size()
                    : 0;
            size += step instanceof Step.Publish publish
                    ? publish.draft().parts().size()
                    : 0;
        }
        return size;
    }

    private void dropSteps() {
        for (int length = Math.max(1, steps.size() / 4); length >= 1; length /= 2) {
            for (int from = steps.size() - length; from >= 0; from -= length) {
                List<Step> fewer = new ArrayList<>(steps.subList(0, from));
                fewer.addAll(steps.subList(Math.min(steps.size(), from + length), steps.size()));
                tryWith(fewer);
                from = Math.min(from, steps.size());
            }
        }
    }

    /** Lines of receipts, what they use and how they are paid, and parts of programmes. */
    private void dropParts() {
        for (int at = 0; at < steps.size(); at++) {
            Step step = steps.get(at);
            if (step instanceof Step.Submit) {
                for (int line = lines(at) - 1; line >= 0; line--) {
                    Receipt receipt = ((Step.Submit) steps.get(at)).receipt();
                    List<Receipt.Line> fewer = new ArrayList<>(receipt.lines());
                    fewer.remove(line);
                    replace(at, new Step.Submit(step.nowMillis(), receipt.lines(fewer)));
                }
            } else if (step instanceof Step.Publish publish) {
                for (int part = publish.draft().parts().size() - 1; part >= 0; part--) {
                    ProgrammeDraft draft =
                            ((Step.Publish) steps.get(at)).draft().without(part);
                    if (draft.published(1) != null) {
                        replace(at, new Step.Publish(step.nowMillis(), draft));
                    }
                }
            }
        }
    }

    private int lines(int at) {
        return ((Step.Submit) steps.get(at)).receipt().lines().size();
    }

    private void replace(int at, Step other) {
        List<Step> changed = new ArrayList<>(steps);
        changed.set(at, other);
        tryWith(changed);
    }

    private void tryWith(List<Step> fewer) {
        if (tries++ < MOST_TRIES && Objects.nonNull(Agreement.differenceOf(seed, fewer))) {
            steps = List.copyOf(fewer);
        }
    }
}
