package org.assidu.accrual.admin;

/**
 * What an operator can have done.
 *
 * @param drained run once the answer to {@code Drain} is given: ends the process
 */
public record AdminTasks(ExportRun export, DirectoryCopyRun directoryCopy, Runnable drained) {}
