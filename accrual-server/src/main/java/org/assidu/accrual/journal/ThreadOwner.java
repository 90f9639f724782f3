package org.assidu.accrual.journal;

import org.jspecify.annotations.Nullable;

/** The one thread that may use something: the first that does. */
final class ThreadOwner {
    private final String what;
    private @Nullable Thread owner;

    ThreadOwner(String what) {
        this.what = what;
    }

    void check() {
        Thread current = Thread.currentThread();
        if (owner != current) {
            if (owner != null) {
                throw new IllegalStateException("the " + what + " belongs to thread \"" + owner.getName()
                        + "\", it was called from \"" + current.getName() + "\"");
            }
            owner = current;
        }
    }
}
