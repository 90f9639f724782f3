package org.assidu.accrual.admin;

/**
 * What does not change while the server runs.
 *
 * @param durability {@code durable} or {@code fast}
 * @param generation of the journal
 * @param version of the software
 */
public record ServerFacts(String durability, int generation, long startedAtMillis, String version) {}
