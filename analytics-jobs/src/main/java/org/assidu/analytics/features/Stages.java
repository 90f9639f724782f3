package org.assidu.analytics.features;

/** Told as each stage of a run begins. */
@FunctionalInterface
public interface Stages {

    /** Tells nobody. */
    Stages SILENT = name -> {};

    void stage(String name);
}
