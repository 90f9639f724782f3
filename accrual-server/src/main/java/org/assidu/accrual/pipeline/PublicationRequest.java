package org.assidu.accrual.pipeline;

import org.assidu.accrual.model.ProgrammeDocument;

/** A parsed programme to publish: what {@code document.ProgrammeParser} yields when it finds no problem. */
public record PublicationRequest(ProgrammeDocument document, String canonicalText, String sha256, String sourceText) {}
