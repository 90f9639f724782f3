package org.assidu.accrual.engagement;

import java.net.URI;
import java.nio.file.Path;

/**
 * One place that events are brought to.
 *
 * @param name of its files and in the log: lower-case letters, digits and hyphens
 */
public record ForwarderConfig(String name, EventFilter filter, Target target) {

    /** Kind of place. */
    public sealed interface Target {}

    /**
     * An endpoint that takes each event as a POST.
     *
     * @param secretFile its content, without white space around it, signs each request
     * @param timeoutSeconds for one request
     * @param longestPauseSeconds between two tries
     */
    public record Webhook(URI url, Path secretFile, int timeoutSeconds, int longestPauseSeconds) implements Target {}

    /**
     * Files of one event a line.
     *
     * @param rotateBytes a file that has so many is followed by a new one
     */
    public record Files(Path folder, long rotateBytes) implements Target {}
}
