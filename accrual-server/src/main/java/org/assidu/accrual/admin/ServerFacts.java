package org.assidu.accrual.admin;

/**
 * What does not change while the server runs.
 *
 * @param durability {@code durable} or {@code fast}
 * @param version of the software
 */
public record ServerFacts(String durability, long startedAtMillis, String version) {}
