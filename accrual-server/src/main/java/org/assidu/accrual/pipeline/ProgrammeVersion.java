package org.assidu.accrual.pipeline;

import org.assidu.accrual.model.PublishedProgramme;

/** A programme version in the journal. */
public record ProgrammeVersion(PublishedProgramme programme, long publishedAtMillis, long position) {}
